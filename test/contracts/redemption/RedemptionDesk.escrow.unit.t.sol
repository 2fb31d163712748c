// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Roles} from "../../../contracts/governance/Roles.sol";
import {IGoldReserve} from "../../../contracts/interfaces/IGoldReserve.sol";
import {IRedemptionDesk} from "../../../contracts/interfaces/IRedemptionDesk.sol";
import {RedemptionTest} from "./RedemptionTest.sol";

/// @title Escrow always ends: reclaims, disputes, and everything that must not stand in a way back
contract RedemptionDeskEscrowTest is RedemptionTest {
    function setUp() public {
        deployRedemption();
    }

    // --- RECLAIM ---

    function test_AnyoneReclaimsAfterShipBy() public {
        IRedemptionDesk.State[2] memory states = [IRedemptionDesk.State.Requested, IRedemptionDesk.State.Accepted];
        for (uint256 i = 0; i < 2; i++) {
            (uint256 id, uint256[] memory barIds) = inState(states[i], 2);
            uint256 shipBy = redemption.redemption(id).shipBy;
            uint256 escrow = redemption.redemption(id).escrow;
            vm.warp(shipBy);
            expectTooEarly(id, shipBy + 1);
            redemption.reclaim(id);
            vm.warp(shipBy + 1);
            vm.expectEmit(address(redemption));
            emit IRedemptionDesk.RedemptionReclaimed(id, stranger, escrow, true);
            vm.prank(stranger);
            redemption.reclaim(id);
            assertAllBack(id, IRedemptionDesk.State.Reclaimed);
            assertBars(barIds, IGoldReserve.BarState.Active);
        }
    }

    function test_RequestedCanStillBeCancelledAfterShipBy() public {
        uint256 id = request(1);
        skip(100 days);
        vm.prank(alice);
        redemption.cancel(id);
        assertAllBack(id, IRedemptionDesk.State.Cancelled);
    }

    function test_AnyoneReclaimsWhatWasShippedAndNotProved() public {
        (uint256 id, uint256[] memory barIds) = inState(IRedemptionDesk.State.Shipped, 2);
        uint256 deliverBy = redemption.redemption(id).deliverBy;
        vm.warp(deliverBy);
        expectTooEarly(id, deliverBy + 1);
        redemption.reclaim(id);
        vm.warp(deliverBy + 1);
        uint256 backing = reserve.backing();
        vm.expectEmit(address(redemption));
        emit IRedemptionDesk.RedemptionReclaimed(id, stranger, 2 * (BAR + FEE), false);
        vm.prank(stranger);
        redemption.reclaim(id);
        assertAllBack(id, IRedemptionDesk.State.Reclaimed);
        assertBars(barIds, IGoldReserve.BarState.Lost);
        assertEq(reserve.backing(), backing, "the gold is gone, and the shortfall shows");
    }

    function test_ProofWithoutAttestationEndsToo() public {
        (uint256 id, uint256[] memory barIds) = inState(IRedemptionDesk.State.Shipped, 1);
        prove(id);
        uint256 attestBy = redemption.redemption(id).attestBy;
        vm.warp(attestBy);
        expectTooEarly(id, attestBy + 1);
        redemption.reclaim(id);
        vm.warp(attestBy + 1);
        redemption.reclaim(id);
        assertAllBack(id, IRedemptionDesk.State.Reclaimed);
        assertBars(barIds, IGoldReserve.BarState.Lost);
    }

    function test_HolderCannotReclaimWhatWasDelivered() public {
        (uint256 id, ) = inState(IRedemptionDesk.State.Shipped, 1);
        prove(id);
        attest(id);
        skip(1000 days);
        vm.startPrank(alice);
        expectWrongState(id, IRedemptionDesk.State.Shipped);
        redemption.reclaim(id);
        expectWrongState(id, IRedemptionDesk.State.Shipped);
        redemption.cancel(id);
        vm.stopPrank();
        redemption.complete(id);
        assertState(id, IRedemptionDesk.State.Completed);
        vm.prank(alice);
        expectWrongState(id, IRedemptionDesk.State.Completed);
        redemption.reclaim(id);
    }

    function test_HolderMayStillConfirmAfterDeliverBy() public {
        (uint256 id, ) = inState(IRedemptionDesk.State.Shipped, 1);
        skip(100 days);
        vm.prank(alice);
        redemption.confirmReceipt(id);
        assertState(id, IRedemptionDesk.State.Completed);
    }

    function test_RevertWhen_UnknownIsReclaimed() public {
        expectWrongState(5, IRedemptionDesk.State.None);
        redemption.reclaim(5);
        expectWrongState(5, IRedemptionDesk.State.None);
        redemption.complete(5);
        expectWrongState(5, IRedemptionDesk.State.None);
        redemption.settleBars(5);
    }

    // --- DEADLINES ARE FIXED ---

    function test_ChangedProductLeavesOpenRequests() public {
        uint256 id = request(1);
        IRedemptionDesk.Product memory product = someProduct();
        product.shipWithin = 300 days;
        product.deliverWithin = 365 days;
        product.feePerBar = 50e18;
        vm.startPrank(treasurer);
        redemption.setProduct(productId, product);
        redemption.setDisputeWindow(90 days);
        vm.stopPrank();
        vm.prank(guardian);
        redemption.closeProduct(productId);
        IRedemptionDesk.Redemption memory r = redemption.redemption(id);
        assertEq(r.shipBy, r.requestedAt + 10 days);
        assertEq(r.disputeWindow, WINDOW);
        uint256[] memory barIds = someBars(1);
        accept(id, barIds);
        ship(id);
        prove(id);
        attest(id);
        skip(WINDOW + 1);
        redemption.complete(id);
        assertEq(staking.pendingFees(), FEE);
    }

    // --- DISPUTE ---

    function test_DisputeUndelivered() public {
        (uint256 id, uint256[] memory barIds) = inState(IRedemptionDesk.State.Shipped, 1);
        prove(id);
        attest(id);
        skip(WINDOW);
        vm.expectEmit(address(redemption));
        emit IRedemptionDesk.RedemptionDisputed(id, keccak256("not here"));
        dispute(id);
        assertEq(redemption.redemption(id).decideBy, block.timestamp + 30 days);
        expectWrongState(id, IRedemptionDesk.State.Disputed);
        redemption.complete(id);
        vm.expectEmit(address(redemption));
        emit IRedemptionDesk.RedemptionReclaimed(id, arbiter, BAR + FEE, false);
        vm.prank(arbiter);
        redemption.resolveDispute(id, false);
        assertAllBack(id, IRedemptionDesk.State.Reclaimed);
        assertBars(barIds, IGoldReserve.BarState.Lost);
    }

    function test_DisputeDelivered() public {
        (uint256 id, uint256[] memory barIds) = inState(IRedemptionDesk.State.Disputed, 1);
        vm.prank(arbiter);
        redemption.resolveDispute(id, true);
        assertState(id, IRedemptionDesk.State.Completed);
        assertBars(barIds, IGoldReserve.BarState.Delivered);
        assertEq(reserve.ownerOf(barIds[0]), alice);
        assertEq(staking.pendingFees(), FEE);
        vm.prank(arbiter);
        expectWrongState(id, IRedemptionDesk.State.Completed);
        redemption.resolveDispute(id, false);
    }

    function test_DisputeThatNobodyDecidesGoesToTheHolder() public {
        (uint256 id, ) = inState(IRedemptionDesk.State.Disputed, 1);
        uint256 decideBy = redemption.redemption(id).decideBy;
        vm.warp(decideBy);
        expectTooEarly(id, decideBy + 1);
        redemption.reclaim(id);
        vm.warp(decideBy + 1);
        redemption.reclaim(id);
        assertAllBack(id, IRedemptionDesk.State.Reclaimed);
    }

    function test_HolderMayGiveADisputeUp() public {
        (uint256 id, uint256[] memory barIds) = inState(IRedemptionDesk.State.Disputed, 1);
        vm.prank(alice);
        redemption.confirmReceipt(id);
        assertBars(barIds, IGoldReserve.BarState.Delivered);
    }

    function test_NobodyProvesOrAttestsInADispute() public {
        (uint256 id, ) = inState(IRedemptionDesk.State.Disputed, 1);
        expectWrongState(id, IRedemptionDesk.State.Disputed);
        prove(id);
        expectWrongState(id, IRedemptionDesk.State.Disputed);
        attest(id);
        expectWrongState(id, IRedemptionDesk.State.Disputed);
        dispute(id);
    }

    function test_RevertWhen_DisputedWithoutReasonInTime() public {
        (uint256 id, ) = inState(IRedemptionDesk.State.Shipped, 1);
        vm.expectRevert(abi.encodeWithSelector(IRedemptionDesk.NotProved.selector, id));
        dispute(id);
        vm.prank(stranger);
        vm.expectRevert(abi.encodeWithSelector(IRedemptionDesk.NotHolder.selector, id, stranger));
        redemption.dispute(id, 0);
        prove(id);
        attest(id);
        uint256 until = block.timestamp + WINDOW;
        vm.warp(until + 1);
        expectTooLate(id, until);
        dispute(id);
        vm.prank(arbiter);
        expectWrongState(id, IRedemptionDesk.State.Shipped);
        redemption.resolveDispute(id, false);
    }

    // --- NOTHING STANDS IN A WAY BACK ---

    /// @dev Holder frozen and without status, all paused, prices dead, products closed.
    function makeEverythingHard() private {
        vm.startPrank(compliance);
        token.setFrozenTokens(alice, type(uint256).max);
        registry.revoke(alice);
        vm.stopPrank();
        vm.startPrank(guardian);
        token.pauseTransfers(72 hours);
        token.pauseMinting(7 days);
        desk.pauseDealing(7 days);
        if (redemption.product(productId).active) redemption.closeProduct(productId);
        vm.stopPrank();
        oracle.halt();
    }

    function test_CancelUnderEverything() public {
        uint256 id = request(1);
        makeEverythingHard();
        vm.prank(alice);
        redemption.cancel(id);
        assertAllBack(id, IRedemptionDesk.State.Cancelled);
    }

    function test_ReclaimUnderEverything() public {
        (uint256 requested, ) = inState(IRedemptionDesk.State.Requested, 1);
        (uint256 accepted, ) = inState(IRedemptionDesk.State.Accepted, 1);
        (uint256 shipped, ) = inState(IRedemptionDesk.State.Shipped, 1);
        (uint256 disputed, ) = inState(IRedemptionDesk.State.Disputed, 1);
        skip(31 days);
        makeEverythingHard();
        redemption.reclaim(requested);
        redemption.reclaim(accepted);
        redemption.reclaim(shipped);
        redemption.reclaim(disputed);
        assertAllBack(disputed, IRedemptionDesk.State.Reclaimed);
    }

    function test_CompleteUnderEverything() public {
        (uint256 id, uint256[] memory barIds) = inState(IRedemptionDesk.State.Shipped, 1);
        makeEverythingHard();
        vm.prank(alice);
        redemption.confirmReceipt(id);
        assertBars(barIds, IGoldReserve.BarState.Delivered);
        assertEq(staking.pendingFees(), FEE);
    }

    function test_AcceptReturnsTheExcessToAFrozenHolder() public {
        uint256 id = request(1);
        makeEverythingHard();
        accept(id, someBars(1));
        assertEq(token.balanceOf(alice), 1_000e18 - BAR - FEE);
    }

    function test_ReserveThatRefusesDoesNotHoldTheEscrow() public {
        (uint256 accepted, uint256[] memory released) = inState(IRedemptionDesk.State.Accepted, 2);
        (uint256 shipped, uint256[] memory lost) = inState(IRedemptionDesk.State.Shipped, 2);
        vm.prank(admin);
        manager.revokeRole(Roles.BAR_ALLOCATOR, address(redemption));
        skip(31 days);
        vm.expectEmit(address(redemption));
        emit IRedemptionDesk.BarsUnsettled(accepted, false);
        redemption.reclaim(accepted);
        vm.expectEmit(address(redemption));
        emit IRedemptionDesk.BarsUnsettled(shipped, true);
        redemption.reclaim(shipped);
        assertEq(token.balanceOf(alice), 1_000e18);
        assertEq(redemption.totalEscrow(), 0);
        assertBars(released, IGoldReserve.BarState.Committed);
        assertBars(lost, IGoldReserve.BarState.Committed);

        vm.expectRevert();
        redemption.settleBars(accepted);
        grant(Roles.BAR_ALLOCATOR, address(redemption));
        vm.expectEmit(address(redemption));
        emit IRedemptionDesk.BarsSettled(accepted, false);
        redemption.settleBars(accepted);
        redemption.settleBars(shipped);
        assertBars(released, IGoldReserve.BarState.Active);
        assertBars(lost, IGoldReserve.BarState.Lost);
        expectWrongState(shipped, IRedemptionDesk.State.Reclaimed);
        redemption.settleBars(shipped);
    }

    /// @dev Whatever gas anyone gives it, a reclaim settles its bars too, or fails as a whole.
    function testFuzz_StarvedReclaimLeavesNothingHalfDone(uint256 gasGiven) public {
        (uint256 id, uint256[] memory barIds) = inState(IRedemptionDesk.State.Shipped, 9);
        skip(31 days);
        gasGiven = bound(gasGiven, 30_000, 1_500_000);
        try redemption.reclaim{gas: gasGiven}(id) {
            assertBars(barIds, IGoldReserve.BarState.Lost);
            assertAllBack(id, IRedemptionDesk.State.Reclaimed);
        } catch {
            assertState(id, IRedemptionDesk.State.Shipped);
            assertBars(barIds, IGoldReserve.BarState.Committed);
        }
    }

    function test_DonationsAreNotCounted() public {
        uint256 id = request(1);
        vm.prank(alice);
        token.transfer(address(redemption), 5e18);
        assertEq(redemption.totalEscrow(), ESCROW);
        vm.prank(alice);
        redemption.cancel(id);
        assertEq(token.balanceOf(address(redemption)), 5e18);
        assertEq(token.balanceOf(alice), 995e18);
    }

    function test_RedemptionsDoNotTouchEachOther() public {
        (uint256 first, uint256[] memory firstBars) = inState(IRedemptionDesk.State.Shipped, 2);
        (uint256 second, ) = inState(IRedemptionDesk.State.Accepted, 3);
        uint256 third = request(1);
        assertEq(redemption.totalEscrow(), 5 * (BAR + FEE) + ESCROW);
        vm.prank(alice);
        redemption.confirmReceipt(first);
        assertEq(redemption.totalEscrow(), 3 * (BAR + FEE) + ESCROW);
        assertBars(firstBars, IGoldReserve.BarState.Delivered);
        skip(11 days);
        redemption.reclaim(second);
        assertEq(redemption.totalEscrow(), ESCROW);
        assertState(third, IRedemptionDesk.State.Requested);
        assertEq(token.balanceOf(address(redemption)), ESCROW);
    }
}
