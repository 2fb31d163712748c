// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {ERC1967Proxy} from "@openzeppelin/contracts/proxy/ERC1967/ERC1967Proxy.sol";
import {Initializable} from "@openzeppelin/contracts/proxy/utils/Initializable.sol";
import {IPriceOracle} from "../../../contracts/interfaces/IPriceOracle.sol";
import {PriceOracle} from "../../../contracts/price/PriceOracle.sol";
import {TestFeed} from "../lib/TestFeed.sol";
import {PriceTest} from "./PriceTest.sol";

/// @title Every restricted function: who may, what it changes, what it refuses
contract PriceOracleAdminTest is PriceTest {
    uint256 internal constant T = WEDNESDAY_10_NY;
    IPriceOracle.Source internal constant MAIN = IPriceOracle.Source.Main;
    IPriceOracle.Source internal constant PIVOT = IPriceOracle.Source.Pivot;

    function setUp() public {
        deployPrice();
        setAll(usd(4_000));
    }

    // --- deployment ---

    function test_startsAsConfigured() public view {
        IPriceOracle.Feed memory feed_ = oracle.feedOf(MAIN);
        assertEq(feed_.feed, address(main));
        assertEq(feed_.heartbeat, HEARTBEAT);
        assertEq(feed_.decimals, 8, "read, not taken as given");
        assertEq(feed_.minUsdPerOunce, 1_000);
        assertEq(feed_.maxUsdPerOunce, 20_000);
        assertEq(oracle.feedOf(PIVOT).feed, address(pivot));
        assertEq(oracle.feedOf(IPriceOracle.Source.Fallback).feed, address(paxg));
        (uint16 pivotBps, uint16 fallbackBps) = oracle.tolerances();
        assertEq(pivotBps, PIVOT_BPS);
        assertEq(fallbackBps, FALLBACK_BPS);
        assertEq(oracle.marketClosedUntil(), 0);
        (uint32 capacity, uint64 oldest, uint64 newest) = oracle.ring();
        assertEq(capacity, RING);
        assertEq(oldest + newest, 0);
    }

    function test_cannotBeInitializedAgain() public {
        IPriceOracle.Feed memory f = feed(address(main));
        vm.expectRevert(Initializable.InvalidInitialization.selector);
        oracle.initialize(address(manager), f, f, f, 1, 1, 1);
        PriceOracle implementation = new PriceOracle();
        vm.expectRevert(Initializable.InvalidInitialization.selector);
        implementation.initialize(address(manager), f, f, f, 1, 1, 1);
    }

    function test_refusesAnAuthorityThatIsNoContract() public {
        address implementation = address(new PriceOracle());
        IPriceOracle.Feed memory f = feed(address(main));
        bytes memory call = abi.encodeCall(
            PriceOracle.initialize,
            (anyone, f, feed(address(pivot)), f, PIVOT_BPS, FALLBACK_BPS, RING)
        );
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedInvalidAuthority.selector, anyone));
        new ERC1967Proxy(implementation, call);
    }

    function test_refusesARingWithoutRoom() public {
        address implementation = address(new PriceOracle());
        IPriceOracle.Feed memory f = feed(address(main));
        bytes memory call = abi.encodeCall(
            PriceOracle.initialize,
            (address(manager), f, feed(address(pivot)), f, PIVOT_BPS, FALLBACK_BPS, 0)
        );
        vm.expectRevert(abi.encodeWithSelector(IPriceOracle.InvalidRingCapacity.selector, 0));
        new ERC1967Proxy(implementation, call);
    }

    function test_onlyUpgraderUpgrades_andEverythingStays() public {
        oracle.record();
        address next = address(new PriceOracle());
        expectUnauthorized(treasurer);
        vm.prank(treasurer);
        oracle.upgradeToAndCall(next, "");
        vm.prank(upgrader);
        oracle.upgradeToAndCall(next, "");
        assertEq(oracle.latest().usdPerGram, perGram(usd(4_000)));
        assertEq(uint256(oracle.quote().mode), uint256(IPriceOracle.Mode.Normal));
    }

    function test_storageLocationIsErc7201() public view {
        bytes32 location =
            keccak256(abi.encode(uint256(keccak256("eaurum.storage.PriceOracle")) - 1)) & ~bytes32(uint256(0xff));
        // The settings' slot: tolerances in its lowest 32 bits.
        uint256 settings = uint256(vm.load(address(oracle), location));
        assertEq(uint32(settings), (uint256(FALLBACK_BPS) << 16) | PIVOT_BPS);
    }

    // --- setFeed ---

    function test_onlyTreasurerSetsFeeds() public {
        expectUnauthorized(guardian);
        vm.prank(guardian);
        oracle.setFeed(MAIN, feed(address(paxg)));
    }

    function test_setFeed() public {
        TestFeed next = new TestFeed(6, 4_000e6);
        IPriceOracle.Feed memory given = IPriceOracle.Feed(address(next), 24 hours, 0, 2_000, 9_000);
        IPriceOracle.Feed memory expected = IPriceOracle.Feed(address(next), 24 hours, 6, 2_000, 9_000);
        vm.expectEmit(address(oracle));
        emit IPriceOracle.FeedChanged(MAIN, expected);
        vm.prank(treasurer);
        oracle.setFeed(MAIN, given);
        assertEq(keccak256(abi.encode(oracle.feedOf(MAIN))), keccak256(abi.encode(expected)));
        assertEq(oracle.quote().usdPerGram, perGram(usd(4_000)));
    }

    function test_setFeedToNone() public {
        IPriceOracle.Feed memory none = IPriceOracle.Feed(address(0), 1, 2, 3, 4);
        vm.prank(treasurer);
        oracle.setFeed(MAIN, none);
        assertEq(oracle.feedOf(MAIN).heartbeat, 0, "nothing is kept of no feed");
        assertEq(uint256(oracle.quote().source), uint256(PIVOT));
    }

    function test_setFeedRefuses() public {
        vm.startPrank(treasurer);
        IPriceOracle.Feed memory f = feed(address(main));
        vm.expectRevert(abi.encodeWithSelector(IPriceOracle.InvalidSource.selector, IPriceOracle.Source.None));
        oracle.setFeed(IPriceOracle.Source.None, f);

        main.setDecimals(19);
        vm.expectRevert(abi.encodeWithSelector(IPriceOracle.UnsupportedDecimals.selector, address(main), 19));
        oracle.setFeed(MAIN, f);
        main.setDecimals(8);

        f.heartbeat = 0;
        vm.expectRevert(abi.encodeWithSelector(IPriceOracle.InvalidHeartbeat.selector, 0));
        oracle.setFeed(MAIN, f);
        f.heartbeat = 1;

        f.minUsdPerOunce = 0;
        vm.expectRevert(abi.encodeWithSelector(IPriceOracle.InvalidBounds.selector, 0, 20_000));
        oracle.setFeed(MAIN, f);
        f.minUsdPerOunce = 20_001;
        vm.expectRevert(abi.encodeWithSelector(IPriceOracle.InvalidBounds.selector, 20_001, 20_000));
        oracle.setFeed(MAIN, f);

        f = feed(anyone); // no contract
        vm.expectRevert();
        oracle.setFeed(MAIN, f);
        f = feed(address(paxg)); // no SignedPriceFeed
        vm.expectRevert();
        oracle.setFeed(PIVOT, f);
    }

    // --- bounds ---

    function test_onlyGuardianTightensBounds() public {
        expectUnauthorized(treasurer);
        vm.prank(treasurer);
        oracle.tightenBounds(MAIN, 2_000, 9_000);
    }

    function test_tightenBounds() public {
        IPriceOracle.Feed memory expected = oracle.feedOf(MAIN);
        (expected.minUsdPerOunce, expected.maxUsdPerOunce) = (2_000, 3_999);
        vm.expectEmit(address(oracle));
        emit IPriceOracle.FeedChanged(MAIN, expected);
        vm.prank(guardian);
        oracle.tightenBounds(MAIN, 2_000, 3_999);
        assertFalse(oracle.feedStatus(MAIN).live, "4000 is out of bounds now");
        assertEq(uint256(oracle.quote().source), uint256(PIVOT));
    }

    function test_tightenBoundsRefuses() public {
        vm.startPrank(guardian);
        vm.expectRevert(abi.encodeWithSelector(IPriceOracle.BoundsNotTighter.selector, 999, 9_000));
        oracle.tightenBounds(MAIN, 999, 9_000);
        vm.expectRevert(abi.encodeWithSelector(IPriceOracle.BoundsNotTighter.selector, 2_000, 20_001));
        oracle.tightenBounds(MAIN, 2_000, 20_001);
        vm.expectRevert(abi.encodeWithSelector(IPriceOracle.BoundsNotTighter.selector, 1_000, 20_000));
        oracle.tightenBounds(MAIN, 1_000, 20_000);
        vm.expectRevert(abi.encodeWithSelector(IPriceOracle.InvalidBounds.selector, 5_000, 4_999));
        oracle.tightenBounds(MAIN, 5_000, 4_999);
        vm.expectRevert(abi.encodeWithSelector(IPriceOracle.InvalidSource.selector, IPriceOracle.Source.None));
        oracle.tightenBounds(IPriceOracle.Source.None, 2_000, 9_000);
    }

    // --- tolerances ---

    function test_guardianLowersTreasurerRaises() public {
        expectUnauthorized(treasurer);
        vm.prank(treasurer);
        oracle.lowerTolerances(10, 20);
        expectUnauthorized(guardian);
        vm.prank(guardian);
        oracle.raiseTolerances(100, 200);

        vm.expectEmit(address(oracle));
        emit IPriceOracle.TolerancesChanged(10, FALLBACK_BPS);
        vm.prank(guardian);
        oracle.lowerTolerances(10, FALLBACK_BPS);
        vm.expectEmit(address(oracle));
        emit IPriceOracle.TolerancesChanged(1_000, 1_000);
        vm.prank(treasurer);
        oracle.raiseTolerances(1_000, 1_000);
        (uint16 pivotBps, uint16 fallbackBps) = oracle.tolerances();
        assertEq(pivotBps, 1_000);
        assertEq(fallbackBps, 1_000);
    }

    function test_lowerTolerancesRefuses() public {
        vm.startPrank(guardian);
        vm.expectRevert(abi.encodeWithSelector(IPriceOracle.TolerancesNotLower.selector, 51, 100));
        oracle.lowerTolerances(51, 100);
        vm.expectRevert(abi.encodeWithSelector(IPriceOracle.TolerancesNotLower.selector, 10, 151));
        oracle.lowerTolerances(10, 151);
        vm.expectRevert(abi.encodeWithSelector(IPriceOracle.TolerancesNotLower.selector, 50, 150));
        oracle.lowerTolerances(50, 150);
    }

    function test_raiseTolerancesRefuses() public {
        vm.startPrank(treasurer);
        vm.expectRevert(abi.encodeWithSelector(IPriceOracle.TolerancesNotHigher.selector, 49, 200));
        oracle.raiseTolerances(49, 200);
        vm.expectRevert(abi.encodeWithSelector(IPriceOracle.TolerancesNotHigher.selector, 60, 149));
        oracle.raiseTolerances(60, 149);
        vm.expectRevert(abi.encodeWithSelector(IPriceOracle.TolerancesNotHigher.selector, 50, 150));
        oracle.raiseTolerances(50, 150);
        vm.expectRevert(abi.encodeWithSelector(IPriceOracle.InvalidTolerances.selector, 1_001, 1_001));
        oracle.raiseTolerances(1_001, 1_001);
        vm.expectRevert(abi.encodeWithSelector(IPriceOracle.InvalidTolerances.selector, 50, 1_001));
        oracle.raiseTolerances(50, 1_001);
    }

    // --- closing the market ---

    function test_onlyGuardianClosesOnlyTreasurerReopens() public {
        expectUnauthorized(treasurer);
        vm.prank(treasurer);
        oracle.closeMarket(uint48(T + 1 hours));
        expectUnauthorized(guardian);
        vm.prank(guardian);
        oracle.reopenMarket();
    }

    function test_closeAndReopen() public {
        oracle.record();
        assertTrue(oracle.isMarketOpen(uint48(T)));
        vm.expectEmit(address(oracle));
        emit IPriceOracle.MarketClosed(guardian, uint48(T + 1 hours));
        vm.prank(guardian);
        oracle.closeMarket(uint48(T + 1 hours));
        assertEq(oracle.marketClosedUntil(), T + 1 hours);
        assertTrue(oracle.isMarketOpen(uint48(T - 1)), "before it");
        assertFalse(oracle.isMarketOpen(uint48(T)), "from now");
        assertFalse(oracle.isMarketOpen(uint48(T + 1 hours - 1)), "until then");
        assertTrue(oracle.isMarketOpen(uint48(T + 1 hours)), "open again by itself");
        assertEq(uint256(oracle.quote().mode), uint256(IPriceOracle.Mode.AfterHours), "at once");

        skip(10 minutes);
        vm.expectEmit(address(oracle));
        emit IPriceOracle.MarketReopened(treasurer);
        vm.prank(treasurer);
        oracle.reopenMarket();
        assertTrue(oracle.isMarketOpen(uint48(T + 10 minutes)));
        assertFalse(oracle.isMarketOpen(uint48(T + 10 minutes - 1)), "what was closed stays closed in hindsight");
        assertEq(uint256(oracle.quote().mode), uint256(IPriceOracle.Mode.Normal));
    }

    function test_aClosureCanOnlyBeLengthened() public {
        vm.startPrank(guardian);
        vm.expectRevert(abi.encodeWithSelector(IPriceOracle.InvalidClosure.selector, T, T + 1, T + 7 days));
        oracle.closeMarket(uint48(T));
        vm.expectRevert(
            abi.encodeWithSelector(IPriceOracle.InvalidClosure.selector, T + 7 days + 1, T + 1, T + 7 days)
        );
        oracle.closeMarket(uint48(T + 7 days + 1));
        oracle.closeMarket(uint48(T + 1 hours));
        vm.expectRevert(
            abi.encodeWithSelector(IPriceOracle.InvalidClosure.selector, T + 1 hours, T + 1 hours + 1, T + 7 days)
        );
        oracle.closeMarket(uint48(T + 1 hours));
        skip(30 minutes);
        oracle.closeMarket(uint48(T + 2 hours));
        assertFalse(oracle.isMarketOpen(uint48(T)), "closed since the first");
        assertFalse(oracle.isMarketOpen(uint48(T + 2 hours - 1)));
        assertTrue(oracle.isMarketOpen(uint48(T + 2 hours)));
    }

    function test_reopenNeedsAClosure() public {
        vm.startPrank(treasurer);
        vm.expectRevert(abi.encodeWithSelector(IPriceOracle.MarketNotClosed.selector, 0));
        oracle.reopenMarket();
        vm.stopPrank();
        vm.prank(guardian);
        oracle.closeMarket(uint48(T + 1 hours));
        skip(1 hours);
        vm.expectRevert(abi.encodeWithSelector(IPriceOracle.MarketNotClosed.selector, T + 1 hours));
        vm.prank(treasurer);
        oracle.reopenMarket();
    }

    // --- holidays ---

    /// @dev Friday 2026-12-25 is day 20,812. In New York its session begins on the 24th at 18:00 (23:00 UTC).
    function test_aHolidayIsATradingDay() public {
        uint256 begins = 20_811 * 1 days + 23 hours;
        assertTrue(oracle.isMarketOpen(uint48(begins)));
        vm.expectEmit(address(oracle));
        emit IPriceOracle.HolidaysChanged(20_812, 2);
        vm.prank(treasurer);
        oracle.setHolidays(20_812, 1 | (1 << 7)); // Christmas and New Year's Day
        assertTrue(oracle.isMarketOpen(uint48(begins - 1 hours - 1)), "Christmas Eve until 17:00");
        assertFalse(oracle.isMarketOpen(uint48(begins)), "the evening before");
        assertFalse(oracle.isMarketOpen(uint48(begins + 17 hours)), "Christmas Day");
        assertTrue(oracle.isMarketOpen(uint48(begins + 4 days + 3 hours)), "the Monday after");
        assertFalse(oracle.isMarketOpen(uint48(begins + 7 days + 3 hours)), "New Year's Day");
    }

    function test_onlyTreasurerSetsHolidays() public {
        expectUnauthorized(guardian);
        vm.prank(guardian);
        oracle.setHolidays(20_812, 1);
    }

    function testFuzz_holidaysAreThose256Days(uint32 fromDay, uint256 days_, uint256 others) public {
        fromDay = uint32(bound(fromDay, 256, 1_000_000));
        vm.startPrank(treasurer);
        // What lies around them stays as it was.
        oracle.setHolidays(fromDay - 256, others);
        oracle.setHolidays(fromDay + 256, others);
        oracle.setHolidays(fromDay, days_);
        assertEq(oracle.holidays(fromDay), days_);
        assertEq(oracle.holidays(fromDay - 256), others);
        assertEq(oracle.holidays(fromDay + 256), others);
        uint32 shift = fromDay % 255;
        uint256 expected = shift == 0 ? days_ : (days_ >> shift) | (others << (256 - shift));
        assertEq(oracle.holidays(fromDay + shift), expected);
    }

    function testFuzz_marketNeverOpensOnAHoliday(uint256 seed, uint8 day) public {
        // A day of the year from 2026-09-07 on (day 20,703), all of them holidays but those after `day`.
        vm.prank(treasurer);
        oracle.setHolidays(20_703, type(uint256).max >> (255 - day));
        uint256 time = bound(seed, 20_703 * 1 days, 20_703 * 1 days + uint256(day) * 1 days + 20 hours);
        assertFalse(oracle.isMarketOpen(uint48(time)));
    }
}
