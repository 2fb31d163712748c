// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IPriceOracle} from "../../../contracts/interfaces/IPriceOracle.sol";
import {ISignedPriceFeed} from "../../../contracts/interfaces/ISignedPriceFeed.sol";
import {PriceOracle} from "../../../contracts/price/PriceOracle.sol";
import {TestFeed} from "../lib/TestFeed.sol";
import {PriceTest} from "./PriceTest.sol";

/// @title What the oracle makes of real feeds: the selection itself is tested in PriceSelection
contract PriceOracleUnitTest is PriceTest {
    ISignedPriceFeed.Session internal constant OPEN = ISignedPriceFeed.Session.Open;
    ISignedPriceFeed.Session internal constant CLOSED = ISignedPriceFeed.Session.Closed;
    IPriceOracle.Mode internal constant HALTED = IPriceOracle.Mode.Halted;
    IPriceOracle.Mode internal constant NORMAL = IPriceOracle.Mode.Normal;
    IPriceOracle.Mode internal constant DEGRADED = IPriceOracle.Mode.Degraded;
    IPriceOracle.Mode internal constant AFTER_HOURS = IPriceOracle.Mode.AfterHours;

    function setUp() public {
        deployPrice();
        setAll(usd(4_000));
    }

    // --- open market ---

    function test_normal() public view {
        _expectMode(NORMAL, IPriceOracle.Source.Main, usd(4_000));
    }

    function test_priceAndQuoteSayTheSame() public {
        main.set(usd(4_010));
        IPriceOracle.Quote memory quote = oracle.quote();
        (uint256 usdPerGram, uint256 low, uint256 high, IPriceOracle.Mode mode) = oracle.price();
        assertEq(usdPerGram, quote.usdPerGram);
        assertEq(low, quote.lowUsdPerGram);
        assertEq(high, quote.highUsdPerGram);
        assertEq(uint256(mode), uint256(quote.mode));
    }

    function test_rangeSpansMainAndPivot_roundedOutwards() public {
        main.set(usd(4_010));
        IPriceOracle.Quote memory quote = oracle.quote();
        assertEq(quote.usdPerGram, perGram(usd(4_010)));
        assertEq(quote.lowUsdPerGram, perGram(usd(4_000)));
        assertEq(quote.highUsdPerGram, perGram(usd(4_010)) + 1);
    }

    function test_decimalsAreReadFromTheFeed() public {
        assertEq(oracle.feedOf(IPriceOracle.Source.Main).decimals, 8);
        TestFeed main18 = new TestFeed(18, 4_000e18);
        vm.prank(treasurer);
        oracle.setFeed(IPriceOracle.Source.Main, feed(address(main18)));
        assertEq(oracle.feedOf(IPriceOracle.Source.Main).decimals, 18);
        _expectMode(NORMAL, IPriceOracle.Source.Main, usd(4_000));
    }

    function test_pivotDead_fallbackServes() public {
        skip(HEARTBEAT + 1);
        main.touch();
        paxg.touch();
        _expectMode(DEGRADED, IPriceOracle.Source.Main, usd(4_000));
    }

    function test_mainStale_pivotAndFallbackServe() public {
        skip(HEARTBEAT + 1);
        submitRound(uint256(usd(4_005)), OPEN);
        vm.roll(vm.getBlockNumber() + 1);
        paxg.touch();
        _expectMode(DEGRADED, IPriceOracle.Source.Pivot, usd(4_005));
    }

    function test_mainOutOfBounds() public {
        main.set(usd(20_001));
        _expectMode(DEGRADED, IPriceOracle.Source.Pivot, usd(4_000));
        main.set(usd(999));
        _expectMode(DEGRADED, IPriceOracle.Source.Pivot, usd(4_000));
    }

    function test_allDead_isHaltedAndDoesNotRevert() public {
        skip(HEARTBEAT + 1);
        IPriceOracle.Quote memory quote = oracle.quote();
        assertEq(uint256(quote.mode), uint256(HALTED));
        assertEq(quote.usdPerGram + quote.lowUsdPerGram + quote.highUsdPerGram, 0);
    }

    function test_everyWayToBeDeadIsHalted() public {
        oracle.record();
        _setBehaviours(TestFeed.Behaviour.Revert);
        _expectMode(DEGRADED, IPriceOracle.Source.Pivot, usd(4_000)); // alone, at the anchor
        _setBehaviours(TestFeed.Behaviour.BurnGas);
        _expectMode(DEGRADED, IPriceOracle.Source.Pivot, usd(4_000));
        _setBehaviours(TestFeed.Behaviour.ShortData);
        _expectMode(DEGRADED, IPriceOracle.Source.Pivot, usd(4_000));
        skip(HEARTBEAT + 1);
        _expectHalted();
    }

    function test_aloneNeedsARecordedAnchor() public {
        _setBehaviours(TestFeed.Behaviour.Revert);
        _expectHalted();
        _setBehaviours(TestFeed.Behaviour.Answer);
        oracle.record();
        _setBehaviours(TestFeed.Behaviour.Revert);
        _expectMode(DEGRADED, IPriceOracle.Source.Pivot, usd(4_000));
    }

    function test_alone_beyondTheJump() public {
        oracle.record();
        _setBehaviours(TestFeed.Behaviour.Revert);
        skip(1);
        submitRound(uint256(usd(4_081)), OPEN); // 2.025% in a second
        vm.roll(vm.getBlockNumber() + 1);
        _expectHalted();
        skip(30 minutes);
        _expectMode(DEGRADED, IPriceOracle.Source.Pivot, usd(4_081));
    }

    // --- gas: who calls with little can't choose the mode ---

    function test_noGasLimitMakesALiveFeedDead() public {
        oracle.record();
        uint256 answered;
        for (uint256 gas_ = 1_000; gas_ <= 120_000; gas_ += 1_000) {
            try oracle.price{gas: gas_}() returns (uint256 usdPerGram, uint256, uint256, IPriceOracle.Mode mode) {
                answered++;
                assertEq(uint256(mode), uint256(NORMAL), "another mode for want of gas");
                assertEq(usdPerGram, perGram(usd(4_000)));
            } catch {}
        }
        assertGt(answered, 10, "answered");
        assertLt(answered, 120, "always answered: nothing was starved");
    }

    // --- PIVOT ---

    function test_aRoundOfThisBlockIsPassedOver() public {
        skip(10);
        main.set(usd(4_000));
        submitRound(uint256(usd(4_015)), OPEN);
        assertEq(oracle.quote().highUsdPerGram, perGram(usd(4_000)) + 1, "not yet");
        vm.roll(vm.getBlockNumber() + 1);
        assertEq(oracle.quote().highUsdPerGram, perGram(usd(4_015)) + 1, "a block later");
    }

    function test_theFirstRoundOfThisBlockIsNone() public {
        PriceOracle fresh = _withFreshPivot();
        submitRound(uint256(usd(4_000)), OPEN);
        assertEq(uint256(fresh.quote().mode), uint256(DEGRADED), "MAIN ~ FALLBACK: PIVOT is dead");
        vm.roll(vm.getBlockNumber() + 1);
        assertEq(uint256(fresh.quote().mode), uint256(NORMAL));
    }

    function test_aClosedRoundIsDeadInAnOpenMarket() public {
        skip(10);
        submitRound(uint256(usd(4_000)), CLOSED);
        vm.roll(vm.getBlockNumber() + 1);
        main.touch();
        paxg.touch();
        _expectMode(DEGRADED, IPriceOracle.Source.Main, usd(4_000)); // MAIN ~ FALLBACK
        main.setBehaviour(TestFeed.Behaviour.Revert);
        _expectHalted(); // what holds PAXG's price proves nothing about it
    }

    // --- closed market ---

    function test_afterHours() public {
        _recordTheClose();
        vm.warp(SATURDAY_NOON_NY);
        setAll(usd(4_040), CLOSED);
        IPriceOracle.Quote memory quote = oracle.quote();
        assertEq(uint256(quote.mode), uint256(AFTER_HOURS));
        assertEq(uint256(quote.source), uint256(IPriceOracle.Source.Pivot));
        assertEq(quote.usdPerGram, perGram(usd(4_040)));
        assertEq(quote.lowUsdPerGram, perGram(usd(4_000)), "low holds the close");
        assertEq(quote.highUsdPerGram, perGram(usd(4_040)) + 1);
    }

    function test_afterHours_openRoundsServeToo() public {
        _recordTheClose();
        vm.warp(FRIDAY_CLOSE + 1 minutes);
        submitRound(uint256(usd(4_010)), OPEN);
        vm.roll(vm.getBlockNumber() + 1);
        paxg.touch();
        _expectModeOnly(AFTER_HOURS);
    }

    function test_afterHours_thinPaxgMovedOnASaturday() public {
        _recordTheClose();
        vm.warp(SATURDAY_NOON_NY);
        // The whole off-hours market is moved 4% up: PIVOT and FALLBACK agree, and nobody trades on it.
        setAll(usd(4_160), CLOSED);
        _expectHalted();
        skip(10);
        // Within the band, the seller still pays at most the close, and the buyer no less than the new price.
        setAll(usd(4_090), CLOSED);
        IPriceOracle.Quote memory quote = oracle.quote();
        assertEq(quote.lowUsdPerGram, perGram(usd(4_000)));
        assertEq(quote.highUsdPerGram, perGram(usd(4_090)) + 1);
    }

    function test_afterHours_withoutAClose() public {
        vm.warp(SATURDAY_NOON_NY);
        setAll(usd(4_000), CLOSED);
        _expectHalted();
    }

    function test_afterHours_theCloseGrowsOld() public {
        _recordTheClose();
        vm.prank(guardian);
        oracle.closeMarket(uint48(FRIDAY_CLOSE + 6 days));
        vm.warp(FRIDAY_CLOSE + 5 days - 30 minutes);
        setAll(usd(4_000), CLOSED);
        _expectModeOnly(AFTER_HOURS);
        vm.warp(FRIDAY_CLOSE + 5 days + 30 minutes);
        setAll(usd(4_000), CLOSED);
        _expectHalted();
    }

    function test_mainIsNotEvenAskedWhileClosed() public {
        _recordTheClose();
        vm.warp(SATURDAY_NOON_NY);
        setAll(usd(4_000), CLOSED);
        main.set(usd(5_000));
        _expectModeOnly(AFTER_HOURS);
    }

    function test_sundayOpening() public {
        _recordTheClose();
        uint256 opening = FRIDAY_CLOSE + 2 days + 1 hours;
        vm.warp(opening - 1);
        setAll(usd(4_000), CLOSED);
        _expectModeOnly(AFTER_HOURS);
        vm.warp(opening);
        _expectModeOnly(DEGRADED); // the reporters' round is still one of tokenised gold
        setAll(usd(4_000), OPEN);
        _expectModeOnly(NORMAL);
    }

    // --- feedStatus ---

    function test_feedStatus() public {
        IPriceOracle.FeedStatus memory status = oracle.feedStatus(IPriceOracle.Source.Main);
        assertEq(status.feed, address(main));
        assertTrue(status.live);
        assertEq(status.usdPerGram, perGram(usd(4_000)));
        assertEq(status.updatedAt, WEDNESDAY_10_NY);
        assertEq(status.heartbeat, HEARTBEAT);
        status = oracle.feedStatus(IPriceOracle.Source.Pivot);
        assertTrue(status.live && status.feed == address(pivot));
        status = oracle.feedStatus(IPriceOracle.Source.Fallback);
        assertTrue(status.live && status.feed == address(paxg));

        skip(HEARTBEAT + 1);
        status = oracle.feedStatus(IPriceOracle.Source.Main);
        assertFalse(status.live, "stale");
        assertEq(status.usdPerGram, perGram(usd(4_000)), "what it said last");
        main.setBehaviour(TestFeed.Behaviour.Revert);
        status = oracle.feedStatus(IPriceOracle.Source.Main);
        assertFalse(status.live, "dead");
        assertEq(status.usdPerGram, 0);
        assertEq(status.updatedAt, 0);
    }

    function test_feedStatusSurvivesAbsurdAnswers() public {
        main.set(type(int256).max);
        assertFalse(oracle.feedStatus(IPriceOracle.Source.Main).live);
        main.set(type(int256).min);
        assertFalse(oracle.feedStatus(IPriceOracle.Source.Main).live);
    }

    function test_noSuchSource() public {
        vm.expectRevert(abi.encodeWithSelector(IPriceOracle.InvalidSource.selector, IPriceOracle.Source.None));
        oracle.feedStatus(IPriceOracle.Source.None);
        vm.expectRevert(abi.encodeWithSelector(IPriceOracle.InvalidSource.selector, IPriceOracle.Source.None));
        oracle.feedOf(IPriceOracle.Source.None);
    }

    function test_anAbsentFallbackIsDead() public {
        IPriceOracle.Feed memory none;
        vm.prank(treasurer);
        oracle.setFeed(IPriceOracle.Source.Fallback, none);
        _expectMode(NORMAL, IPriceOracle.Source.Main, usd(4_000));
        oracle.record();
        main.setBehaviour(TestFeed.Behaviour.Revert);
        _expectMode(DEGRADED, IPriceOracle.Source.Pivot, usd(4_000)); // the fourth row
        assertEq(oracle.feedStatus(IPriceOracle.Source.Fallback).live, false);
    }

    // --- helpers ---

    /// @dev A Normal price half an hour before Friday's close.
    function _recordTheClose() private {
        vm.warp(FRIDAY_CLOSE - 30 minutes);
        setAll(usd(4_000));
        (IPriceOracle.Quote memory quote, ) = oracle.record();
        assertEq(uint256(quote.mode), uint256(NORMAL));
    }

    function _withFreshPivot() private returns (PriceOracle) {
        pivot = deployFeed(FEED_ID, reporters, 3, SPAN_BPS);
        return deployOracle(feed(address(main)), feed(address(pivot)), feed(address(paxg)), 50, 150, RING);
    }

    function _setBehaviours(TestFeed.Behaviour behaviour) private {
        main.setBehaviour(behaviour);
        paxg.setBehaviour(behaviour);
    }

    function _expectMode(IPriceOracle.Mode mode, IPriceOracle.Source source, int256 answer) private view {
        IPriceOracle.Quote memory quote = oracle.quote();
        assertEq(uint256(quote.mode), uint256(mode), "mode");
        assertEq(uint256(quote.source), uint256(source), "source");
        assertEq(quote.usdPerGram, perGram(answer), "price");
    }

    function _expectModeOnly(IPriceOracle.Mode mode) private view {
        assertEq(uint256(oracle.quote().mode), uint256(mode), "mode");
    }

    function _expectHalted() private view {
        IPriceOracle.Quote memory quote = oracle.quote();
        assertEq(uint256(quote.mode), uint256(HALTED), "halted");
        assertEq(uint256(quote.source), 0);
        assertEq(quote.usdPerGram + quote.lowUsdPerGram + quote.highUsdPerGram, 0);
    }
}
