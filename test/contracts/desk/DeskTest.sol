// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {IGoldDesk} from "../../../contracts/interfaces/IGoldDesk.sol";
import {IPriceOracle} from "../../../contracts/interfaces/IPriceOracle.sol";
import {DeployAll} from "../lib/DeployAll.sol";
import {TestOracle} from "../lib/TestOracle.sol";

/// @title The desk at 130 dollars a gram (low 129.90, high 130.10), with 10 kg in the reserve and a rich investor
abstract contract DeskTest is DeployAll {
    uint256 internal constant PRICE = 130e18;
    uint256 internal constant LOW = 129.9e18;
    uint256 internal constant HIGH = 130.1e18;
    /// @dev High plus 30 bps, low less 30 bps.
    uint256 internal constant BUY_RATE = 130.4903e18;
    uint256 internal constant SELL_RATE = 129.5103e18;

    TestOracle internal oracle;
    address internal alice;
    uint256 internal aliceKey;
    address internal stranger = makeAddr("stranger");

    function deployDesk() internal {
        deployCore();
        oracle = new TestOracle();
        setMode(IPriceOracle.Mode.Normal);
        deployDesks(IPriceOracle(address(oracle)));
        deployCoins();
        activeBar(10_000_000);
        attestReserve();
        alice = makeInvestor("alice");
        (, aliceKey) = makeAddrAndKey("alice");
        usdt.mint(alice, 10_000_000e18);
        usdc.mint(alice, 10_000_000e18);
    }

    function setMode(IPriceOracle.Mode mode) internal {
        oracle.set(PRICE, LOW, HIGH, mode);
    }

    function buy(uint256 coinIn) internal returns (uint256 grams) {
        vm.prank(alice);
        return desk.buy(address(usdt), coinIn, 0, block.timestamp);
    }

    function sell(uint256 grams) internal returns (uint256 coinOut) {
        vm.prank(alice);
        return desk.sell(address(usdt), grams, 0, block.timestamp);
    }

    /// @dev The trade and its quote are refused alike.
    function expectNoBuy(uint256 coinIn, bytes memory reason) internal {
        vm.expectRevert(reason);
        desk.quoteBuy(address(usdt), coinIn);
        vm.prank(alice);
        vm.expectRevert(reason);
        desk.buy(address(usdt), coinIn, 0, block.timestamp);
    }

    function expectNoSale(uint256 grams, bytes memory reason) internal {
        vm.expectRevert(reason);
        desk.quoteSell(address(usdt), grams);
        vm.prank(alice);
        vm.expectRevert(reason);
        desk.sell(address(usdt), grams, 0, block.timestamp);
    }

    function expectUnauthorized(address caller) internal {
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, caller));
    }

    function normalTerms() internal view returns (IGoldDesk.Terms memory) {
        return desk.terms(IPriceOracle.Mode.Normal);
    }

    function setTerms(uint16 spreadBps, uint128 maxGrams, uint208 hourlyGrams) internal {
        vm.prank(treasurer);
        desk.raiseTerms(IPriceOracle.Mode.Normal, someTerms(spreadBps, maxGrams, hourlyGrams));
    }

    function setFee(uint16 bps) internal {
        vm.prank(treasurer);
        desk.setFee(bps);
    }

    function permitDigest(
        bytes32 domain,
        address owner,
        uint256 value,
        uint256 nonce,
        uint256 deadline
    ) internal view returns (bytes32) {
        bytes32 typehash = keccak256(
            "Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)"
        );
        bytes32 message = keccak256(abi.encode(typehash, owner, address(desk), value, nonce, deadline));
        return keccak256(abi.encodePacked("\x19\x01", domain, message));
    }

    /// @dev Rounded up, by other arithmetic than the contract's.
    function divUp(uint256 a, uint256 b) internal pure returns (uint256) {
        return a / b + (a % b == 0 ? 0 : 1);
    }
}
