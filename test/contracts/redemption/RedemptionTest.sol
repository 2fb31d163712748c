// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {IGoldReserve} from "../../../contracts/interfaces/IGoldReserve.sol";
import {IPriceOracle} from "../../../contracts/interfaces/IPriceOracle.sol";
import {IRedemptionDesk} from "../../../contracts/interfaces/IRedemptionDesk.sol";
import {DeployAll} from "../lib/DeployAll.sol";
import {TestOracle} from "../lib/TestOracle.sol";

/// @title A holder with 1 kg, one product of 100 g bars, and bars of 99.95 g to deliver
abstract contract RedemptionTest is DeployAll {
    uint256 internal constant FEE = 0.5e18;
    uint256 internal constant ESCROW = 100e18 + FEE;
    uint40 internal constant BAR_MG = 99_950;
    uint256 internal constant BAR = 99.95e18;
    bytes32 internal constant REF = keccak256("where to");
    bytes32 internal constant TRACKING = keccak256("tracking");
    bytes32 internal constant PROOF = keccak256("proof");

    TestOracle internal oracle;
    uint32 internal productId;
    address internal alice;
    uint256 internal aliceKey;
    address internal stranger = makeAddr("stranger");

    function deployRedemption() internal {
        deployCore();
        oracle = new TestOracle();
        deployDesks(IPriceOracle(address(oracle)));
        deployCoins();
        productId = addProduct();
        alice = makeInvestor("alice");
        (, aliceKey) = makeAddrAndKey("alice");
        mintBacked(alice, 1_000);
    }

    // --- STEPS ---

    function request(uint8 count) internal returns (uint256 id) {
        vm.prank(alice);
        return redemption.request(productId, count, REF, TERMS);
    }

    function someBars(uint256 count) internal returns (uint256[] memory barIds) {
        barIds = new uint256[](count);
        for (uint256 i = 0; i < count; i++) barIds[i] = activeBar(BAR_MG);
    }

    function accept(uint256 id, uint256[] memory barIds) internal {
        vm.prank(custodian);
        redemption.accept(id, barIds);
    }

    function ship(uint256 id) internal {
        vm.prank(custodian);
        redemption.ship(id, TRACKING);
    }

    function prove(uint256 id) internal {
        vm.prank(custodian);
        redemption.proveDelivery(id, PROOF);
    }

    function attest(uint256 id) internal {
        vm.prank(auditor);
        redemption.attestDelivery(id, PROOF);
    }

    function dispute(uint256 id) internal {
        vm.prank(alice);
        redemption.dispute(id, keccak256("not here"));
    }

    /// @dev A redemption of `count` bars in any state on the way, and its bars.
    function inState(IRedemptionDesk.State state, uint8 count) internal returns (uint256 id, uint256[] memory barIds) {
        id = request(count);
        if (state == IRedemptionDesk.State.Requested) return (id, barIds);
        barIds = someBars(count);
        accept(id, barIds);
        if (state == IRedemptionDesk.State.Accepted) return (id, barIds);
        ship(id);
        if (state == IRedemptionDesk.State.Shipped) return (id, barIds);
        prove(id);
        dispute(id);
    }

    // --- WHAT IS SO ---

    function stateOf(uint256 id) internal view returns (IRedemptionDesk.State) {
        return redemption.redemption(id).state;
    }

    function assertState(uint256 id, IRedemptionDesk.State state) internal view {
        assertEq(uint256(stateOf(id)), uint256(state), "state");
    }

    function assertBars(uint256[] memory barIds, IGoldReserve.BarState state) internal view {
        for (uint256 i = 0; i < barIds.length; i++) {
            assertEq(uint256(reserve.bar(barIds[i]).state), uint256(state), "bar");
        }
    }

    /// @dev Back where it began: the holder has all of it, nothing is in escrow, and committed bars are none.
    function assertAllBack(uint256 id, IRedemptionDesk.State state) internal view {
        assertState(id, state);
        assertEq(token.balanceOf(alice), 1_000e18, "holder");
        assertEq(token.balanceOf(address(redemption)), 0, "desk");
        assertEq(redemption.totalEscrow(), 0, "escrow");
        assertEq(reserve.committed(), 0, "committed");
    }

    // --- WHAT IS REFUSED ---

    function expectWrongState(uint256 id, IRedemptionDesk.State state) internal {
        vm.expectRevert(abi.encodeWithSelector(IRedemptionDesk.WrongState.selector, id, state));
    }

    function expectTooLate(uint256 id, uint256 deadline) internal {
        vm.expectRevert(abi.encodeWithSelector(IRedemptionDesk.TooLate.selector, id, deadline));
    }

    function expectTooEarly(uint256 id, uint256 notBefore) internal {
        vm.expectRevert(abi.encodeWithSelector(IRedemptionDesk.TooEarly.selector, id, notBefore));
    }

    function expectUnauthorized(address caller) internal {
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, caller));
    }
}
