// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {Initializable} from "@openzeppelin/contracts/proxy/utils/Initializable.sol";
import {Roles} from "../../../contracts/governance/Roles.sol";
import {IGoldReserve} from "../../../contracts/interfaces/IGoldReserve.sol";
import {IRedemptionDesk} from "../../../contracts/interfaces/IRedemptionDesk.sol";
import {RedemptionDesk} from "../../../contracts/redemption/RedemptionDesk.sol";
import {TestWallet} from "../lib/TestWallet.sol";
import {RedemptionTest} from "./RedemptionTest.sol";

/// @title The way of a redemption from request to completion, and each refusal on it
contract RedemptionDeskTest is RedemptionTest {
    function setUp() public {
        deployRedemption();
    }

    // --- CONSTRUCTION AND PARAMETERS ---

    function test_Initialized() public view {
        assertEq(redemption.authority(), address(manager));
        assertEq(redemption.disputeWindow(), WINDOW);
        assertEq(redemption.productCount(), 1);
        assertEq(redemption.redemptionCount(), 0);
        assertEq(keccak256(abi.encode(redemption.product(1))), keccak256(abi.encode(someProduct())));
    }

    function test_RevertWhen_InitializedAgain() public {
        vm.expectRevert(Initializable.InvalidInitialization.selector);
        redemption.initialize(address(this), WINDOW);
        RedemptionDesk implementation = new RedemptionDesk(token, reserve, registry, staking);
        vm.expectRevert(Initializable.InvalidInitialization.selector);
        implementation.initialize(address(this), WINDOW);
        assertLe(address(implementation).code.length, 24_576);
    }

    function test_StorageStandsWhereItsNameSays() public view {
        bytes32 slot =
            keccak256(abi.encode(uint256(keccak256("eaurum.storage.RedemptionDesk")) - 1)) & ~bytes32(uint256(0xff));
        assertEq(uint48(uint256(vm.load(address(redemption), slot))), WINDOW);
    }

    function test_OnlyUpgraderUpgrades() public {
        RedemptionDesk next = new RedemptionDesk(token, reserve, registry, staking);
        vm.prank(treasurer);
        expectUnauthorized(treasurer);
        redemption.upgradeToAndCall(address(next), "");
        vm.prank(upgrader);
        redemption.upgradeToAndCall(address(next), "");
        assertEq(redemption.productCount(), 1);
    }

    function test_EachFunctionHasItsRole() public {
        bytes[8] memory calls = [
            abi.encodeCall(redemption.accept, (1, new uint256[](1))),
            abi.encodeCall(redemption.ship, (1, 0)),
            abi.encodeCall(redemption.proveDelivery, (1, 0)),
            abi.encodeCall(redemption.attestDelivery, (1, 0)),
            abi.encodeCall(redemption.resolveDispute, (1, true)),
            abi.encodeCall(redemption.setProduct, (1, someProduct())),
            abi.encodeCall(redemption.setDisputeWindow, (1 days)),
            abi.encodeCall(redemption.closeProduct, (1))
        ];
        address[8] memory holders = [custodian, custodian, custodian, auditor, arbiter, treasurer, treasurer, guardian];
        address[7] memory accounts = [custodian, auditor, arbiter, treasurer, guardian, issuer, stranger];
        for (uint256 i = 0; i < calls.length; i++) {
            for (uint256 j = 0; j < accounts.length; j++) {
                vm.prank(accounts[j]);
                (bool ok, bytes memory answer) = address(redemption).call(calls[i]);
                bytes memory refused = abi.encodeWithSignature("AccessManagedUnauthorized(address)", accounts[j]);
                bool wasRefused = !ok && keccak256(answer) == keccak256(refused);
                assertEq(wasRefused, accounts[j] != holders[i], "role");
            }
        }
    }

    function test_DisputeWindowHasBounds() public {
        vm.startPrank(treasurer);
        vm.expectEmit(address(redemption));
        emit IRedemptionDesk.DisputeWindowChanged(WINDOW, 90 days);
        redemption.setDisputeWindow(90 days);
        vm.expectRevert(abi.encodeWithSelector(IRedemptionDesk.InvalidWindow.selector, 90 days + 1));
        redemption.setDisputeWindow(90 days + 1);
        vm.expectRevert(abi.encodeWithSelector(IRedemptionDesk.InvalidWindow.selector, 59));
        redemption.setDisputeWindow(59);
        vm.stopPrank();
    }

    // --- PRODUCTS ---

    function refuseProduct(uint32 id, IRedemptionDesk.Product memory product) private {
        vm.prank(treasurer);
        vm.expectRevert(abi.encodeWithSelector(IRedemptionDesk.InvalidProduct.selector, id));
        redemption.setProduct(id, product);
    }

    function test_ProductsAreNumberedFromOne() public {
        vm.expectEmit(address(redemption));
        emit IRedemptionDesk.ProductChanged(2, someProduct());
        assertEq(addProduct(), 2);
        assertEq(redemption.productCount(), 2);
        refuseProduct(4, someProduct());
        refuseProduct(0, someProduct());
    }

    function test_ProductKeepsItsRange() public {
        IRedemptionDesk.Product memory product = someProduct();
        product.feePerBar = 2e18;
        product.shipWithin = 1 days;
        vm.prank(treasurer);
        redemption.setProduct(1, product);
        assertEq(redemption.product(1).feePerBar, 2e18);
        product.minFineWeightMg++;
        refuseProduct(1, product);
        product.minFineWeightMg--;
        product.maxFineWeightMg++;
        refuseProduct(1, product);
    }

    function test_RevertWhen_ProductMakesNoSense() public {
        IRedemptionDesk.Product memory product = someProduct();
        product.minFineWeightMg = 999;
        refuseProduct(2, product);
        product = someProduct();
        product.maxFineWeightMg = product.minFineWeightMg - 1;
        refuseProduct(2, product);
        product = someProduct();
        product.shipWithin = 0;
        refuseProduct(2, product);
        product = someProduct();
        product.deliverWithin = product.shipWithin;
        refuseProduct(2, product);
        product = someProduct();
        product.deliverWithin = 365 days + 1;
        refuseProduct(2, product);
        product = someProduct();
        product.feePerBar = 100e18 + 1;
        refuseProduct(2, product);
    }

    function test_CloseProduct() public {
        vm.startPrank(guardian);
        redemption.closeProduct(productId);
        assertFalse(redemption.product(productId).active);
        vm.expectRevert(abi.encodeWithSelector(IRedemptionDesk.ProductUnavailable.selector, productId));
        redemption.closeProduct(productId);
        vm.stopPrank();
        vm.expectRevert(abi.encodeWithSelector(IRedemptionDesk.ProductUnavailable.selector, productId));
        request(1);
    }

    // --- REQUEST ---

    function test_RequestEscrowsTheTopOfTheRange() public {
        uint48 t = uint48(block.timestamp);
        (uint256 escrow, uint256 fee) = redemption.escrowFor(productId, 3);
        assertEq(escrow, 3 * ESCROW);
        assertEq(fee, 3 * FEE);
        vm.expectEmit(address(redemption));
        emit IRedemptionDesk.RedemptionRequested(
            1,
            alice,
            productId,
            3,
            3 * ESCROW,
            3 * FEE,
            REF,
            t + 10 days,
            t + 30 days
        );
        assertEq(request(3), 1);
        IRedemptionDesk.Redemption memory r = redemption.redemption(1);
        assertEq(r.holder, alice);
        assertEq(r.productId, productId);
        assertEq(r.count, 3);
        assertEq(r.requestedAt, t);
        assertEq(r.shipBy, t + 10 days);
        assertEq(r.deliverBy, t + 30 days);
        assertEq(r.attestBy, t + 30 days + 2 * WINDOW);
        assertEq(r.disputeWindow, WINDOW);
        assertEq(r.escrow, 3 * ESCROW);
        assertEq(r.fee, 3 * FEE);
        assertEq(r.deliveryRef, REF);
        assertState(1, IRedemptionDesk.State.Requested);
        assertEq(redemption.totalEscrow(), 3 * ESCROW);
        assertEq(token.balanceOf(address(redemption)), 3 * ESCROW);
        assertEq(redemption.redemptionCount(), 1);
    }

    function test_RevertWhen_RequestIsWrong() public {
        vm.startPrank(alice);
        vm.expectRevert(abi.encodeWithSelector(IRedemptionDesk.WrongCount.selector, 0, 10));
        redemption.request(productId, 0, REF, TERMS);
        vm.expectRevert(abi.encodeWithSelector(IRedemptionDesk.WrongCount.selector, 11, 10));
        redemption.request(productId, 11, REF, TERMS);
        vm.expectRevert(abi.encodeWithSelector(IRedemptionDesk.ProductUnavailable.selector, 7));
        redemption.request(7, 1, REF, TERMS);
        vm.expectRevert(abi.encodeWithSelector(IRedemptionDesk.TermsDiffer.selector, REF, TERMS));
        redemption.request(productId, 1, REF, REF);
        vm.stopPrank();
        vm.prank(stranger);
        vm.expectRevert(abi.encodeWithSelector(IRedemptionDesk.NotEligible.selector, stranger));
        redemption.request(productId, 1, REF, TERMS);
    }

    function test_RequestWithPermit() public {
        vm.prank(alice);
        token.approve(address(redemption), 0);
        (uint8 v, bytes32 r, bytes32 s) = permit(ESCROW, 0);
        vm.prank(alice);
        redemption.requestWithPermit(productId, 1, REF, TERMS, block.timestamp, v, r, s);

        (v, r, s) = permit(ESCROW, 1);
        token.permit(alice, address(redemption), ESCROW, block.timestamp, v, r, s);
        vm.startPrank(alice);
        redemption.requestWithPermit(productId, 1, REF, TERMS, block.timestamp, v, r, s); // brought before by another
        vm.expectRevert(
            abi.encodeWithSelector(IERC20Errors.ERC20InsufficientAllowance.selector, address(redemption), 0, ESCROW)
        );
        redemption.requestWithPermit(productId, 1, REF, TERMS, block.timestamp, v, r, s);
        vm.stopPrank();
        assertEq(redemption.redemptionCount(), 2);
    }

    function permit(uint256 value, uint256 nonce) private view returns (uint8 v, bytes32 r, bytes32 s) {
        bytes32 typehash = keccak256(
            "Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)"
        );
        bytes32 message = keccak256(abi.encode(typehash, alice, address(redemption), value, nonce, block.timestamp));
        return vm.sign(aliceKey, keccak256(abi.encodePacked("\x19\x01", token.DOMAIN_SEPARATOR(), message)));
    }

    // --- CANCEL ---

    function test_HolderCancelsWhileRequested() public {
        uint256 id = request(2);
        vm.expectEmit(address(redemption));
        emit IRedemptionDesk.RedemptionCancelled(id, 2 * ESCROW);
        vm.prank(alice);
        redemption.cancel(id);
        assertAllBack(id, IRedemptionDesk.State.Cancelled);
        assertEq(redemption.redemption(id).escrow, 0);
    }

    function test_RevertWhen_CancelledByOthersOrTooLate() public {
        uint256 id = request(1);
        vm.prank(stranger);
        vm.expectRevert(abi.encodeWithSelector(IRedemptionDesk.NotHolder.selector, id, stranger));
        redemption.cancel(id);
        accept(id, someBars(1));
        vm.prank(alice);
        expectWrongState(id, IRedemptionDesk.State.Accepted);
        redemption.cancel(id);
    }

    function test_CancelledIsOver() public {
        uint256 id = request(1);
        vm.prank(alice);
        redemption.cancel(id);
        vm.prank(alice);
        expectWrongState(id, IRedemptionDesk.State.Cancelled);
        redemption.cancel(id);
        skip(31 days);
        expectWrongState(id, IRedemptionDesk.State.Cancelled);
        redemption.reclaim(id);
    }

    // --- ACCEPT ---

    function test_AcceptSetsBarsAsideAndReturnsTheExcess() public {
        uint256 id = request(2);
        uint256[] memory barIds = someBars(2);
        uint256 backing = reserve.backing();
        vm.expectEmit(address(redemption));
        emit IRedemptionDesk.RedemptionAccepted(id, barIds, 2 * BAR_MG, 0.1e18);
        accept(id, barIds);
        assertState(id, IRedemptionDesk.State.Accepted);
        assertEq(redemption.redemption(id).barIds, barIds);
        assertEq(redemption.redemption(id).escrow, 2 * (BAR + FEE));
        assertEq(token.balanceOf(alice), 1_000e18 - 2 * (BAR + FEE));
        assertEq(redemption.totalEscrow(), 2 * (BAR + FEE));
        assertBars(barIds, IGoldReserve.BarState.Committed);
        assertEq(reserve.backing(), backing - 2 * BAR_MG);
        assertEq(reserve.committed(), 2 * BAR_MG);
    }

    function test_AcceptWithoutExcess() public {
        uint256 id = request(1);
        uint256[] memory barIds = new uint256[](1);
        barIds[0] = activeBar(100_000);
        accept(id, barIds);
        assertEq(redemption.redemption(id).escrow, ESCROW);
    }

    function test_RevertWhen_BarsAreWrong() public {
        uint256 id = request(2);
        uint256[] memory one = someBars(1);
        vm.expectRevert(abi.encodeWithSelector(IRedemptionDesk.WrongCount.selector, 1, 2));
        accept(id, one);

        uint256[] memory barIds = someBars(2);
        uint40[2] memory weights = [uint40(99_899), 100_001];
        for (uint256 i = 0; i < 2; i++) {
            barIds[1] = activeBar(weights[i]);
            vm.expectRevert(abi.encodeWithSelector(IRedemptionDesk.BarOutOfRange.selector, barIds[1], weights[i]));
            accept(id, barIds);
        }
        barIds[1] = barIds[0];
        vm.expectRevert(
            abi.encodeWithSelector(IGoldReserve.WrongBarState.selector, barIds[0], IGoldReserve.BarState.Committed)
        );
        accept(id, barIds);
        barIds[1] = bookBar(BAR_MG, 10_000);
        vm.expectRevert(
            abi.encodeWithSelector(IGoldReserve.WrongBarState.selector, barIds[1], IGoldReserve.BarState.Pending)
        );
        accept(id, barIds);
    }

    function test_RevertWhen_AcceptedTooLateOrTwice() public {
        uint256 id = request(1);
        uint256[] memory barIds = someBars(1);
        uint256 shipBy = redemption.redemption(id).shipBy;
        vm.warp(shipBy + 1);
        expectTooLate(id, shipBy);
        accept(id, barIds);
        vm.warp(shipBy);
        accept(id, barIds);
        expectWrongState(id, IRedemptionDesk.State.Accepted);
        accept(id, barIds);
        expectWrongState(99, IRedemptionDesk.State.None);
        accept(99, barIds);
    }

    // --- SHIP ---

    function test_Ship() public {
        (uint256 id, ) = inState(IRedemptionDesk.State.Accepted, 1);
        vm.warp(redemption.redemption(id).shipBy);
        vm.expectEmit(address(redemption));
        emit IRedemptionDesk.RedemptionShipped(id, TRACKING);
        ship(id);
        assertState(id, IRedemptionDesk.State.Shipped);
        assertEq(redemption.redemption(id).trackingHash, TRACKING);
        expectWrongState(id, IRedemptionDesk.State.Shipped);
        ship(id);
    }

    function test_RevertWhen_ShippedTooLateOrUnaccepted() public {
        uint256 id = request(1);
        expectWrongState(id, IRedemptionDesk.State.Requested);
        ship(id);
        accept(id, someBars(1));
        uint256 shipBy = redemption.redemption(id).shipBy;
        vm.warp(shipBy + 1);
        expectTooLate(id, shipBy);
        ship(id);
    }

    // --- RECEIPT ---

    function assertCompleted(uint256 id, uint256[] memory barIds, address holder) private view {
        assertState(id, IRedemptionDesk.State.Completed);
        assertBars(barIds, IGoldReserve.BarState.Delivered);
        for (uint256 i = 0; i < barIds.length; i++) assertEq(reserve.ownerOf(barIds[i]), holder, "certificate");
        assertEq(token.balanceOf(address(redemption)), 0);
        assertEq(redemption.totalEscrow(), 0);
        assertEq(redemption.redemption(id).escrow, 0);
        assertEq(reserve.committed(), 0);
        assertEq(staking.pendingFees(), barIds.length * FEE);
        assertEq(token.totalSupply(), 1_000e18 - barIds.length * BAR, "burned");
    }

    function test_HolderConfirms() public {
        (uint256 id, uint256[] memory barIds) = inState(IRedemptionDesk.State.Shipped, 2);
        vm.expectEmit(address(redemption));
        emit IRedemptionDesk.RedemptionCompleted(id, alice, 2 * BAR, 2 * FEE);
        vm.prank(alice);
        redemption.confirmReceipt(id);
        assertCompleted(id, barIds, alice);
        vm.prank(alice);
        expectWrongState(id, IRedemptionDesk.State.Completed);
        redemption.confirmReceipt(id);
    }

    function test_ProductWithoutFee() public {
        IRedemptionDesk.Product memory product = someProduct();
        product.feePerBar = 0;
        vm.prank(treasurer);
        redemption.setProduct(productId, product);
        (uint256 id, ) = inState(IRedemptionDesk.State.Shipped, 1);
        vm.prank(alice);
        redemption.confirmReceipt(id);
        assertEq(staking.pendingFees(), 0);
        assertEq(token.balanceOf(address(redemption)), 0);
    }

    function test_RevertWhen_ConfirmedByOthersOrUnshipped() public {
        (uint256 id, ) = inState(IRedemptionDesk.State.Accepted, 1);
        vm.prank(alice);
        expectWrongState(id, IRedemptionDesk.State.Accepted);
        redemption.confirmReceipt(id);
        ship(id);
        vm.prank(custodian);
        vm.expectRevert(abi.encodeWithSelector(IRedemptionDesk.NotHolder.selector, id, custodian));
        redemption.confirmReceipt(id);
    }

    /// @dev The digest built from EIP-712's own words.
    function receiptDigest(uint256 id, uint256[] memory barIds) private view returns (bytes32) {
        bytes32 domain = keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256("e-Aurum RedemptionDesk"),
                keccak256("1"),
                block.chainid,
                address(redemption)
            )
        );
        bytes32 receipt = keccak256(
            abi.encode(
                keccak256("DeliveryReceipt(uint256 id,bytes32 barsHash)"),
                id,
                keccak256(abi.encodePacked(barIds))
            )
        );
        return keccak256(abi.encodePacked("\x19\x01", domain, receipt));
    }

    function test_AnyoneBringsASignedReceipt() public {
        (uint256 id, uint256[] memory barIds) = inState(IRedemptionDesk.State.Shipped, 2);
        bytes32 digest = receiptDigest(id, barIds);
        assertEq(redemption.receiptDigest(id), digest);
        vm.prank(stranger);
        redemption.confirmReceiptBySig(id, signature(aliceKey, digest));
        assertCompleted(id, barIds, alice);
    }

    function test_RevertWhen_ReceiptIsNotTheHolders() public {
        (uint256 id, uint256[] memory barIds) = inState(IRedemptionDesk.State.Shipped, 1);
        (, uint256 key) = makeAddrAndKey("custodian");
        bytes memory forged = signature(key, receiptDigest(id, barIds));
        vm.expectRevert(abi.encodeWithSelector(IRedemptionDesk.InvalidReceipt.selector, id));
        redemption.confirmReceiptBySig(id, forged);
        bytes memory another = signature(aliceKey, receiptDigest(id + 1, barIds));
        vm.expectRevert(abi.encodeWithSelector(IRedemptionDesk.InvalidReceipt.selector, id));
        redemption.confirmReceiptBySig(id, another);
        bytes memory otherBars = signature(aliceKey, receiptDigest(id, new uint256[](1)));
        vm.expectRevert(abi.encodeWithSelector(IRedemptionDesk.InvalidReceipt.selector, id));
        redemption.confirmReceiptBySig(id, otherBars);
    }

    function test_RevertWhen_ReceiptComesBeforeTheShipment() public {
        (uint256 id, uint256[] memory barIds) = inState(IRedemptionDesk.State.Accepted, 1);
        bytes memory early = signature(aliceKey, receiptDigest(id, barIds));
        expectWrongState(id, IRedemptionDesk.State.Accepted);
        redemption.confirmReceiptBySig(id, early);
    }

    function test_ContractWalletSignsAndReceives() public {
        TestWallet wallet = new TestWallet(alice);
        makeEligible(address(wallet));
        vm.prank(alice);
        token.transfer(address(wallet), ESCROW);
        wallet.call(address(token), abi.encodeCall(token.approve, (address(redemption), ESCROW)));
        wallet.call(address(redemption), abi.encodeCall(redemption.request, (productId, 1, REF, TERMS)));
        uint256[] memory barIds = someBars(1);
        accept(1, barIds);
        ship(1);
        redemption.confirmReceiptBySig(1, signature(aliceKey, receiptDigest(1, barIds)));
        assertEq(reserve.ownerOf(barIds[0]), address(wallet), "a wallet without a hook receives it too");
    }

    // --- PROOF, ATTESTATION, COMPLETION ---

    function test_ProofAttestationAndSilenceComplete() public {
        (uint256 id, uint256[] memory barIds) = inState(IRedemptionDesk.State.Shipped, 1);
        vm.warp(redemption.redemption(id).deliverBy);
        vm.expectEmit(address(redemption));
        emit IRedemptionDesk.DeliveryProved(id, PROOF, custodian);
        prove(id);
        vm.expectRevert(abi.encodeWithSelector(IRedemptionDesk.NotProved.selector, id));
        redemption.complete(id);
        skip(2 days);
        vm.expectEmit(address(redemption));
        emit IRedemptionDesk.DeliveryAttested(id, auditor);
        attest(id);
        uint256 until = block.timestamp + WINDOW;
        vm.warp(until);
        expectTooEarly(id, until + 1);
        redemption.complete(id);
        expectWrongState(id, IRedemptionDesk.State.Shipped);
        redemption.reclaim(id);
        vm.warp(until + 1);
        vm.prank(stranger);
        redemption.complete(id);
        assertCompleted(id, barIds, alice);
    }

    function test_ProofMayBeReplacedUntilItIsAttested() public {
        (uint256 id, ) = inState(IRedemptionDesk.State.Shipped, 1);
        vm.prank(custodian);
        redemption.proveDelivery(id, REF);
        vm.expectRevert(abi.encodeWithSelector(IRedemptionDesk.ProofDiffers.selector, PROOF, REF));
        attest(id);
        prove(id);
        attest(id);
        expectWrongState(id, IRedemptionDesk.State.Shipped);
        prove(id);
        expectWrongState(id, IRedemptionDesk.State.Shipped);
        attest(id);
    }

    function test_RevertWhen_ProofOrAttestationIsLate() public {
        (uint256 id, ) = inState(IRedemptionDesk.State.Shipped, 1);
        IRedemptionDesk.Redemption memory r = redemption.redemption(id);
        vm.expectRevert(abi.encodeWithSelector(IRedemptionDesk.NotProved.selector, id));
        attest(id);
        vm.warp(r.deliverBy + 1);
        expectTooLate(id, r.deliverBy);
        prove(id);
        vm.warp(r.deliverBy);
        prove(id);
        vm.warp(r.attestBy + 1);
        expectTooLate(id, r.attestBy);
        attest(id);
        vm.warp(r.attestBy);
        attest(id);
    }

    function test_CustodianCannotAttest() public {
        (uint256 id, ) = inState(IRedemptionDesk.State.Shipped, 1);
        // The manager refuses one account both roles at a time; but it may hand one role on after the other.
        prove(id);
        vm.startPrank(admin);
        manager.revokeRole(Roles.CUSTODIAN, custodian);
        manager.grantRole(Roles.AUDITOR, custodian, 0);
        vm.stopPrank();
        vm.prank(custodian);
        vm.expectRevert(abi.encodeWithSelector(IRedemptionDesk.NotIndependent.selector, custodian));
        redemption.attestDelivery(id, PROOF);
    }

    function test_NobodyActsThroughTheManager() public {
        (uint256 id, ) = inState(IRedemptionDesk.State.Shipped, 1);
        bytes memory refusal = abi.encodeWithSelector(IRedemptionDesk.NotIndependent.selector, address(manager));
        vm.prank(custodian);
        vm.expectRevert(refusal);
        manager.execute(address(redemption), abi.encodeCall(redemption.proveDelivery, (id, PROOF)));
        prove(id);
        vm.prank(auditor);
        vm.expectRevert(refusal);
        manager.execute(address(redemption), abi.encodeCall(redemption.attestDelivery, (id, PROOF)));
    }

    function test_TellReserveIsForTheDeskAlone() public {
        (uint256 id, ) = inState(IRedemptionDesk.State.Accepted, 1);
        vm.expectRevert(abi.encodeWithSelector(IRedemptionDesk.NotSelf.selector, address(this)));
        redemption.tellReserve(id, true);
    }
}
