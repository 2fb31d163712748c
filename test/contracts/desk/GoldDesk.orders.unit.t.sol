// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IGoldDesk} from "../../../contracts/interfaces/IGoldDesk.sol";
import {IPriceOracle} from "../../../contracts/interfaces/IPriceOracle.sol";
import {DeskTest} from "./DeskTest.sol";

/// @title Orders paid off-chain: settled once, with or without headroom kept for them
contract GoldDeskOrdersTest is DeskTest {
    bytes32 private constant ORDER = keccak256("order");
    bytes32 private constant OTHER = keccak256("another order");

    function setUp() public {
        deployDesk();
        // At the start of an hour, so that lapses are easy to tell.
        vm.warp((block.timestamp / 1 hours + 1) * 1 hours);
    }

    function settle(bytes32 orderId, uint256 usd) private returns (uint256 grams) {
        vm.prank(issuer);
        return desk.settle(orderId, alice, usd, 0);
    }

    function reserveOrder(bytes32 orderId, uint256 grams, uint256 until) private {
        vm.prank(issuer);
        desk.reserve(orderId, grams, uint48(until));
    }

    function release(bytes32 orderId) private {
        vm.prank(issuer);
        desk.releaseOrder(orderId);
    }

    function assertOrder(bytes32 orderId, IGoldDesk.OrderState state, uint256 grams, uint256 until) private view {
        (IGoldDesk.OrderState s, uint256 g, uint48 u) = desk.order(orderId);
        assertEq(uint256(s), uint256(state), "state");
        assertEq(g, grams, "grams");
        assertEq(u, until, "until");
    }

    function unlimited() private {
        setFee(0);
        setTerms(0, type(uint128).max, type(uint208).max);
    }

    // --- SETTLE ---

    function test_SettleAtTheBuyersRate() public {
        uint256 gross = (1_000e18 * 1e18) / BUY_RATE;
        uint256 fee = (gross * 25 + 9_999) / 10_000;
        vm.expectEmit(address(desk));
        emit IGoldDesk.OrderSettled(
            ORDER,
            alice,
            1,
            1_000e18,
            gross - fee,
            fee,
            BUY_RATE,
            IPriceOracle.Quote(PRICE, LOW, HIGH, IPriceOracle.Mode.Normal, IPriceOracle.Source.Main)
        );
        assertEq(settle(ORDER, 1_000e18), gross - fee);
        assertEq(token.balanceOf(alice), gross - fee);
        assertEq(staking.pendingFees(), fee);
        assertOrder(ORDER, IGoldDesk.OrderState.Settled, gross, 0);
    }

    function test_RevertWhen_SettledTwice() public {
        settle(ORDER, 1_000e18);
        vm.expectRevert(abi.encodeWithSelector(IGoldDesk.OrderNotOpen.selector, ORDER, IGoldDesk.OrderState.Settled));
        settle(ORDER, 1_000e18);
    }

    function test_RevertWhen_SettledAfterItsRelease() public {
        reserveOrder(ORDER, 1e18, block.timestamp + 1 hours);
        release(ORDER);
        vm.expectRevert(abi.encodeWithSelector(IGoldDesk.OrderNotOpen.selector, ORDER, IGoldDesk.OrderState.Released));
        settle(ORDER, 1_000e18);
    }

    function test_RevertWhen_BelowTheGramsThatWerePromised() public {
        uint256 grams = desk.quoteBuy(address(usdt), 1_000e18).grams;
        vm.startPrank(issuer);
        vm.expectRevert(abi.encodeWithSelector(IGoldDesk.TooLittle.selector, grams, grams + 1));
        desk.settle(ORDER, alice, 1_000e18, grams + 1);
        assertEq(desk.settle(ORDER, alice, 1_000e18, grams), grams, "an order is priced as a buy");
        vm.stopPrank();
    }

    function test_RevertWhen_RecipientIsNotEligible() public {
        vm.prank(issuer);
        vm.expectRevert(abi.encodeWithSelector(IGoldDesk.NotEligible.selector, stranger));
        desk.settle(ORDER, stranger, 1_000e18, 0);
    }

    function test_RevertWhen_HaltedOrPaused() public {
        oracle.halt();
        vm.expectRevert(IGoldDesk.DealingHalted.selector);
        settle(ORDER, 1_000e18);
        setMode(IPriceOracle.Mode.Normal);
        vm.prank(guardian);
        desk.pauseDealing(1 hours);
        vm.expectRevert(abi.encodeWithSelector(IGoldDesk.DealingIsPaused.selector, block.timestamp + 1 hours));
        settle(ORDER, 1_000e18);
    }

    function test_RevertWhen_NothingIsSettled() public {
        vm.expectRevert(abi.encodeWithSelector(IGoldDesk.TooLittle.selector, 0, 1));
        settle(ORDER, 0);
    }

    function test_RevertWhen_OrderIsTooLarge() public {
        setFee(0);
        setTerms(0, 10e18, 100e18);
        vm.expectRevert(abi.encodeWithSelector(IGoldDesk.TradeTooLarge.selector, 10e18 + 1, 10e18));
        settle(ORDER, 10 * HIGH + 131);
        assertEq(settle(ORDER, 10 * HIGH), 10e18);
    }

    function test_IssuerHasALimitOfItsOwn() public {
        setFee(0);
        vm.prank(guardian);
        desk.lowerIssuerLimit(10e18);
        setTerms(0, 100e18, 100e18);
        settle(ORDER, 10 * HIGH);
        (uint208 hourly, uint256 available) = desk.issuerLimit();
        assertEq(hourly, 10e18);
        assertEq(available, 0);
        vm.expectRevert(abi.encodeWithSelector(IGoldDesk.HourlyLimitExceeded.selector, 1e18, 0));
        settle(OTHER, HIGH);
        assertEq(desk.hourlyAvailable(IPriceOracle.Mode.Normal, true), 100e18, "buyers have theirs");
        skip(6 minutes);
        assertEq(settle(OTHER, HIGH), 1e18);
    }

    function test_OnlyIssuer() public {
        vm.startPrank(stranger);
        expectUnauthorized(stranger);
        desk.settle(ORDER, alice, 1e18, 0);
        expectUnauthorized(stranger);
        desk.reserve(ORDER, 1e18, uint48(block.timestamp + 1 hours));
        expectUnauthorized(stranger);
        desk.releaseOrder(ORDER);
        vm.stopPrank();
    }

    // --- RESERVE ---

    function test_ReservedHeadroomIsNobodyElses() public {
        unlimited();
        vm.expectEmit(address(desk));
        emit IGoldDesk.OrderReserved(ORDER, 6_000e18, uint48(block.timestamp + 2 hours));
        reserveOrder(ORDER, 6_000e18, block.timestamp + 2 hours);
        assertOrder(ORDER, IGoldDesk.OrderState.Reserved, 6_000e18, block.timestamp + 2 hours);
        assertEq(desk.headroomReserved(), 6_000e18);
        assertEq(desk.buyable(), 4_000e18);

        expectNoBuy(4_000 * HIGH + 131, abi.encodeWithSelector(IGoldDesk.NoHeadroom.selector, 4_000e18 + 1, 4_000e18));
        buy(4_000 * HIGH);
        vm.expectRevert(abi.encodeWithSelector(IGoldDesk.NoHeadroom.selector, 1e18, 0));
        settle(OTHER, HIGH);
        vm.expectRevert(abi.encodeWithSelector(IGoldDesk.NoHeadroom.selector, 6_000e18 + 1, 6_000e18));
        settle(ORDER, 6_000 * HIGH + 131);
        assertEq(settle(ORDER, 6_000 * HIGH), 6_000e18);
        assertEq(desk.headroomReserved(), 0);
        assertEq(token.mintable(), 0);
    }

    function test_OrderMayTakeLessThanWasReserved() public {
        unlimited();
        reserveOrder(ORDER, 6_000e18, block.timestamp + 2 hours);
        settle(ORDER, 1_000 * HIGH);
        assertEq(desk.headroomReserved(), 0);
        assertEq(desk.buyable(), 9_000e18);
    }

    function test_ReservationsLapseByThemselves() public {
        unlimited();
        uint256 start = block.timestamp;
        reserveOrder(ORDER, 6_000e18, start + 1);
        reserveOrder(OTHER, 1_000e18, start + 1 hours + 1);
        assertOrder(ORDER, IGoldDesk.OrderState.Reserved, 6_000e18, start + 1 hours);
        assertEq(desk.headroomReserved(), 7_000e18);
        vm.warp(start + 1 hours - 1);
        assertEq(desk.headroomReserved(), 7_000e18);
        vm.warp(start + 1 hours);
        assertEq(desk.headroomReserved(), 1_000e18);
        buy(9_000 * HIGH);
        vm.warp(start + 2 hours);
        assertEq(desk.headroomReserved(), 0);
        buy(1_000 * HIGH);
    }

    function test_LapsedOrderIsSettledWhereThereIsRoom() public {
        unlimited();
        reserveOrder(ORDER, 6_000e18, block.timestamp + 1);
        skip(1 hours);
        reserveOrder(OTHER, 1_000e18, block.timestamp + 1);
        assertEq(settle(ORDER, 6_000 * HIGH), 6_000e18);
        assertEq(desk.headroomReserved(), 1_000e18, "the other one's is left alone");
    }

    function test_LapsedOrderIsReservedAgain() public {
        reserveOrder(ORDER, 5e18, block.timestamp + 1);
        vm.expectRevert(abi.encodeWithSelector(IGoldDesk.OrderNotOpen.selector, ORDER, IGoldDesk.OrderState.Reserved));
        reserveOrder(ORDER, 5e18, block.timestamp + 1);
        skip(1 hours);
        reserveOrder(ORDER, 7e18, block.timestamp + 1);
        assertEq(desk.headroomReserved(), 7e18);
    }

    function test_ReleaseGivesHeadroomBack() public {
        reserveOrder(ORDER, 5e18, block.timestamp + 1);
        reserveOrder(OTHER, 7e18, block.timestamp + 1);
        vm.expectEmit(address(desk));
        emit IGoldDesk.OrderReleased(ORDER, 5e18);
        release(ORDER);
        assertEq(desk.headroomReserved(), 7e18);
        vm.expectRevert(abi.encodeWithSelector(IGoldDesk.OrderNotOpen.selector, ORDER, IGoldDesk.OrderState.Released));
        release(ORDER);
        vm.expectRevert(abi.encodeWithSelector(IGoldDesk.OrderNotOpen.selector, ORDER, IGoldDesk.OrderState.Released));
        reserveOrder(ORDER, 5e18, block.timestamp + 1);
        skip(3 hours);
        release(OTHER);
        assertEq(desk.headroomReserved(), 0, "a lapsed one is not given back twice");
    }

    function test_RevertWhen_ReservedForTooLongOrNotAtAll() public {
        uint256[3] memory untils = [block.timestamp, block.timestamp - 1, block.timestamp + 7 days + 1];
        for (uint256 i = 0; i < 3; i++) {
            vm.expectRevert(abi.encodeWithSelector(IGoldDesk.InvalidDuration.selector, untils[i]));
            reserveOrder(ORDER, 1e18, untils[i]);
        }
        vm.expectRevert(abi.encodeWithSelector(IGoldDesk.TooLittle.selector, 0, 1));
        reserveOrder(ORDER, 0, block.timestamp + 1);
        reserveOrder(ORDER, 1e18, block.timestamp + 7 days);
    }

    function test_RevertWhen_MoreIsReservedThanThereIs() public {
        reserveOrder(ORDER, 4_000e18, block.timestamp + 1);
        vm.expectRevert(abi.encodeWithSelector(IGoldDesk.NoHeadroom.selector, 6_000e18 + 1, 6_000e18));
        reserveOrder(OTHER, 6_000e18 + 1, block.timestamp + 1);
    }

    function test_RevertWhen_MoreIsReservedThanTheIssuersLimit() public {
        vm.prank(guardian);
        desk.lowerIssuerLimit(100e18);
        reserveOrder(ORDER, 60e18, block.timestamp + 1);
        vm.expectRevert(abi.encodeWithSelector(IGoldDesk.NoHeadroom.selector, 40e18 + 1, 40e18));
        reserveOrder(OTHER, 40e18 + 1, block.timestamp + 1);
        reserveOrder(OTHER, 40e18, block.timestamp + 1);
    }

    function test_WeekOfReservationsIsSweptInOneTrade() public {
        for (uint256 i = 1; i <= 168; i++) reserveOrder(bytes32(i), 1e18, block.timestamp + i * 1 hours);
        assertEq(desk.headroomReserved(), 168e18);
        skip(7 days);
        usdtFeed.touch();
        assertEq(desk.headroomReserved(), 0);
        uint256 gas = gasleft();
        settle(ORDER, 1_000e18);
        assertLt(gas - gasleft(), 1_500_000);
    }
}
