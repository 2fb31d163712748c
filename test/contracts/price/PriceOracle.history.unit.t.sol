// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IPriceOracle} from "../../../contracts/interfaces/IPriceOracle.sol";
import {ISignedPriceFeed} from "../../../contracts/interfaces/ISignedPriceFeed.sol";
import {TestFeed} from "../lib/TestFeed.sol";
import {PriceTest} from "./PriceTest.sol";

/// @title record(), the ring as the oracle shows it, the average, and the anchor
contract PriceOracleHistoryTest is PriceTest {
    uint256 internal constant T = WEDNESDAY_10_NY;

    function setUp() public {
        deployPrice();
        setAll(usd(4_000));
    }

    // --- record ---

    function test_record() public {
        IPriceOracle.Quote memory quote = oracle.quote();
        vm.expectEmit(address(oracle));
        emit IPriceOracle.Observed(
            1,
            uint48(T),
            quote.usdPerGram,
            quote.lowUsdPerGram,
            quote.highUsdPerGram,
            IPriceOracle.Source.Main,
            IPriceOracle.Mode.Normal
        );
        vm.prank(anyone);
        (IPriceOracle.Quote memory observed, uint64 sequence) = oracle.record();
        assertEq(sequence, 1);
        assertEq(keccak256(abi.encode(observed)), keccak256(abi.encode(quote)));
        _expectObservation(oracle.latest(), 1, T, perGram(usd(4_000)), IPriceOracle.Mode.Normal);
    }

    function test_aRepeatWritesNothing() public {
        oracle.record();
        for (uint256 i = 0; i < 20; i++) {
            skip(30);
            main.touch(); // another round, the same price
            vm.recordLogs();
            (, uint64 sequence) = oracle.record();
            assertEq(sequence, 1);
            assertEq(vm.getRecordedLogs().length, 0);
        }
        _expectRing(RING, 1, 1);
        assertEq(oracle.latest().time, T, "the time is that of the first");
    }

    function test_callersCannotFlushTheRing() public {
        oracle.record();
        skip(1);
        main.set(usd(4_001));
        oracle.record();
        // A thousand calls by whoever, a second apart, with PIVOT moving under MAIN all the time: not one observation.
        for (uint256 i = 0; i < 100; i++) {
            skip(1);
            submitRound(uint256(usd(4_000)) + i, ISignedPriceFeed.Session.Open);
            vm.roll(vm.getBlockNumber() + 1);
            for (uint256 k = 0; k < 10; k++) oracle.record();
        }
        _expectRing(RING, 1, 2);
    }

    function test_oneObservationASecond_theLastOneStays() public {
        (, uint64 first) = oracle.record();
        vm.roll(vm.getBlockNumber() + 1); // a block later, the same second
        main.set(usd(4_001));
        vm.expectEmit(address(oracle));
        emit IPriceOracle.Observed(
            1,
            uint48(T),
            perGram(usd(4_001)),
            perGram(usd(4_000)),
            perGram(usd(4_001)) + 1,
            IPriceOracle.Source.Main,
            IPriceOracle.Mode.Normal
        );
        (IPriceOracle.Quote memory observed, uint64 second) = oracle.record();
        assertEq(second, first, "the same sequence");
        assertEq(observed.usdPerGram, perGram(usd(4_001)), "the quote is the live one");
        _expectObservation(oracle.latest(), 1, T, perGram(usd(4_001)), IPriceOracle.Mode.Normal);
    }

    function test_haltedIsRecordedToo() public {
        oracle.record();
        skip(HEARTBEAT + 1);
        (IPriceOracle.Quote memory observed, uint64 sequence) = oracle.record();
        assertEq(uint256(observed.mode), uint256(IPriceOracle.Mode.Halted));
        assertEq(sequence, 2);
        _expectObservation(oracle.observation(2), 2, T + HEARTBEAT + 1, 0, IPriceOracle.Mode.Halted);
        skip(10);
        oracle.record();
        _expectRing(RING, 1, 2); // a halt is not repeated either
    }

    function test_aHaltBeforeTheFirstPriceIsNotWritten() public {
        skip(HEARTBEAT + 1);
        (, uint64 sequence) = oracle.record();
        assertEq(sequence, 0);
        _expectRing(RING, 0, 0);
    }

    function test_aModeAloneIsAChange() public {
        oracle.record();
        skip(1);
        vm.prank(treasurer);
        pivot.setConfig(reporters, 3, SPAN_BPS);
        skip(HEARTBEAT);
        main.touch();
        paxg.touch(); // PIVOT is stale now: the same price, Degraded
        (, uint64 sequence) = oracle.record();
        assertEq(sequence, 2);
        _expectObservation(oracle.latest(), 2, T + HEARTBEAT + 1, perGram(usd(4_000)), IPriceOracle.Mode.Degraded);
    }

    // --- reading it back ---

    function test_nothingRecordedYet() public {
        vm.expectRevert(IPriceOracle.PriceUnavailable.selector);
        oracle.latest();
        vm.expectRevert(abi.encodeWithSelector(IPriceOracle.ObservationUnknown.selector, 0));
        oracle.observation(0);
        vm.expectRevert(IPriceOracle.PriceUnavailable.selector);
        oracle.observationAt(uint48(T));
        vm.expectRevert(IPriceOracle.PriceUnavailable.selector);
        oracle.twap(60);
    }

    function test_observationAt() public {
        _recordMinutes(5);
        for (uint256 i = 0; i < 5; i++) {
            uint48 time = uint48(T + i * 60);
            assertEq(oracle.observationAt(time).sequence, i + 1, "at its time");
            assertEq(oracle.observationAt(time + 59).sequence, i + 1, "until the next");
        }
        assertEq(oracle.observationAt(uint48(T + 1 days)).sequence, 5, "the newest holds on");
        vm.expectRevert(abi.encodeWithSelector(IPriceOracle.ObservationTooOld.selector, T - 1, T));
        oracle.observationAt(uint48(T - 1));
    }

    function test_theOldestIsOverwritten() public {
        _recordMinutes(11); // into a ring of eight
        _expectRing(RING, 4, 11);
        vm.expectRevert(abi.encodeWithSelector(IPriceOracle.ObservationUnknown.selector, 3));
        oracle.observation(3);
        for (uint64 sequence = 4; sequence <= 11; sequence++) {
            _expectObservation(
                oracle.observation(sequence),
                sequence,
                T + (sequence - 1) * 60,
                perGram(usd(4_000 + sequence - 1)),
                IPriceOracle.Mode.Normal
            );
        }
        vm.expectRevert(abi.encodeWithSelector(IPriceOracle.ObservationUnknown.selector, 12));
        oracle.observation(12);
        vm.expectRevert(abi.encodeWithSelector(IPriceOracle.ObservationTooOld.selector, T + 179, T + 180));
        oracle.observationAt(uint48(T + 179));
    }

    function test_growAfterTheRingTurned() public {
        _recordMinutes(11);
        vm.expectEmit(address(oracle));
        emit IPriceOracle.RingGrown(RING, 20);
        vm.prank(anyone);
        oracle.grow(20);
        for (uint256 i = 11; i < 24; i++) _recordMinute(i);
        (uint32 capacity, uint64 oldest, uint64 newest) = oracle.ring();
        assertEq(capacity, 20);
        assertEq(newest, 24);
        assertEq(oldest, 9, "the turn it grew in still overwrote until its end");
        for (uint64 sequence = oldest; sequence <= newest; sequence++) {
            assertEq(oracle.observation(sequence).usdPerGram, perGram(usd(4_000 + sequence - 1)));
            assertEq(oracle.observationAt(uint48(T + (sequence - 1) * 60 + 30)).sequence, sequence);
        }
    }

    function test_growHasAStepAndNeverShrinks() public {
        vm.expectRevert(abi.encodeWithSelector(IPriceOracle.RingGrowthTooLarge.selector, RING + 513, RING + 512));
        oracle.grow(RING + 513);
        oracle.grow(RING + 512);
        vm.recordLogs();
        oracle.grow(RING + 512);
        oracle.grow(1);
        assertEq(vm.getRecordedLogs().length, 0);
        (uint32 capacity, , ) = oracle.ring();
        assertEq(capacity, RING + 512);
    }

    function test_oneStepOfGrowthFitsInATransaction() public {
        uint256 before = gasleft();
        oracle.grow(RING + 512);
        assertLt(before - gasleft(), 12_500_000); // a transaction on BNB Smart Chain has 16,777,216
    }

    // --- twap ---

    function test_twap() public {
        oracle.record();
        skip(100);
        setAll(usd(4_020));
        oracle.record();
        skip(300);
        // 100 s at 4000, 300 s at 4020
        uint256 expected = (perGram(usd(4_000)) * 100 + perGram(usd(4_020)) * 300) / 400;
        assertEq(oracle.twap(400), expected);
        assertEq(oracle.twap(300), perGram(usd(4_020)));
        assertEq(oracle.twap(1), perGram(usd(4_020)));
        assertEq(oracle.twap(350), (perGram(usd(4_000)) * 50 + perGram(usd(4_020)) * 300) / 350);
        vm.expectRevert(abi.encodeWithSelector(IPriceOracle.ObservationTooOld.selector, T - 1, T));
        oracle.twap(401);
    }

    function test_twap_aHaltKeepsThePriceBeforeIt() public {
        oracle.record();
        skip(100);
        main.setBehaviour(TestFeed.Behaviour.Revert);
        paxg.set(usd(5_000));
        oracle.record();
        assertEq(uint256(oracle.latest().mode), uint256(IPriceOracle.Mode.Halted));
        skip(100);
        assertEq(oracle.twap(200), perGram(usd(4_000)), "during the halt");
        main.setBehaviour(TestFeed.Behaviour.Answer);
        setAll(usd(4_020));
        oracle.record();
        skip(200);
        uint256 expected = (perGram(usd(4_000)) * 200 + perGram(usd(4_020)) * 200) / 400;
        assertEq(oracle.twap(400), expected, "over it");
        assertEq(oracle.twap(250), (perGram(usd(4_000)) * 50 + perGram(usd(4_020)) * 200) / 250, "from within it");
    }

    function test_twap_overAFullRing() public {
        _recordMinutes(20);
        uint256 sum;
        for (uint256 i = 13; i < 20; i++) sum += perGram(usd(4_000 + i - 1)) * 60;
        assertEq(oracle.twap(7 * 60), sum / (7 * 60));
    }

    function test_twap_windowsThatAreNone() public {
        oracle.record();
        vm.expectRevert(abi.encodeWithSelector(IPriceOracle.InvalidWindow.selector, 0));
        oracle.twap(0);
        vm.expectRevert(abi.encodeWithSelector(IPriceOracle.InvalidWindow.selector, T));
        oracle.twap(uint48(T));
        vm.expectRevert(abi.encodeWithSelector(IPriceOracle.InvalidWindow.selector, type(uint48).max));
        oracle.twap(type(uint48).max);
    }

    // --- the anchor ---

    function test_onlyANormalRecordSetsTheAnchor() public {
        (uint256 usdPerGram, uint48 time) = oracle.anchor();
        assertEq(usdPerGram + time, 0);
        oracle.record();
        _expectAnchor(usd(4_000), T);
        skip(HEARTBEAT + 1);
        main.set(usd(4_010));
        paxg.set(usd(4_010));
        oracle.record(); // Degraded
        _expectAnchor(usd(4_000), T);
        skip(HEARTBEAT + 1);
        oracle.record(); // Halted
        _expectAnchor(usd(4_000), T);
    }

    function test_aQuoteSetsNoAnchor() public {
        oracle.record();
        skip(100);
        setAll(usd(4_010));
        oracle.quote();
        _expectAnchor(usd(4_000), T);
        oracle.record();
        _expectAnchor(usd(4_010), T + 100);
    }

    function test_anUnchangedNormalPriceRefreshesTheAnchorsTime() public {
        oracle.record();
        skip(59);
        oracle.record();
        _expectAnchor(usd(4_000), T);
        skip(1);
        oracle.record();
        _expectAnchor(usd(4_000), T + 60);
        _expectRing(RING, 1, 1); // and still writes no observation
    }

    function test_afterHoursSetsNoAnchor() public {
        vm.warp(FRIDAY_CLOSE - 60);
        setAll(usd(4_000));
        oracle.record();
        vm.warp(SATURDAY_NOON_NY);
        setAll(usd(4_050), ISignedPriceFeed.Session.Closed);
        oracle.record();
        assertEq(uint256(oracle.latest().mode), uint256(IPriceOracle.Mode.AfterHours));
        _expectAnchor(usd(4_000), FRIDAY_CLOSE - 60);
    }

    /// @dev A liar who is alone can go the jump once, and not the jump again from there.
    function test_aLoneFeedCannotWalkTheAnchor() public {
        oracle.record();
        main.setBehaviour(TestFeed.Behaviour.Revert);
        paxg.setBehaviour(TestFeed.Behaviour.Revert);
        uint256 price = uint256(usd(4_000));
        for (uint256 i = 0; i < 10; i++) {
            skip(1);
            price += price / 100;
            submitRound(price, ISignedPriceFeed.Session.Open);
            vm.roll(vm.getBlockNumber() + 1);
            oracle.record();
        }
        assertEq(uint256(oracle.latest().mode), uint256(IPriceOracle.Mode.Halted));
        _expectAnchor(usd(4_000), T);
    }

    // --- helpers ---

    function _recordMinutes(uint256 count) private {
        for (uint256 i = 0; i < count; i++) _recordMinute(i);
    }

    /// @dev At T + i minutes the price is 4000 + i; PIVOT and FALLBACK follow, so that all is Normal.
    function _recordMinute(uint256 i) private {
        vm.warp(T + i * 60);
        if (i == 0) main.set(usd(4_000));
        else setAll(usd(4_000 + i));
        (IPriceOracle.Quote memory observed, ) = oracle.record();
        assertEq(uint256(observed.mode), uint256(IPriceOracle.Mode.Normal));
    }

    function _expectObservation(
        IPriceOracle.Observation memory observation,
        uint256 sequence,
        uint256 time,
        uint256 usdPerGram,
        IPriceOracle.Mode mode
    ) private pure {
        assertEq(observation.sequence, sequence, "sequence");
        assertEq(observation.time, time, "time");
        assertEq(observation.usdPerGram, usdPerGram, "price");
        assertEq(uint256(observation.mode), uint256(mode), "mode");
        bool halted = mode == IPriceOracle.Mode.Halted;
        assertEq(uint256(observation.source), halted ? 0 : uint256(IPriceOracle.Source.Main), "source");
    }

    function _expectRing(uint256 capacity, uint256 oldest, uint256 newest) private view {
        (uint32 capacity_, uint64 oldest_, uint64 newest_) = oracle.ring();
        assertEq(capacity_, capacity, "capacity");
        assertEq(oldest_, oldest, "oldest");
        assertEq(newest_, newest, "newest");
    }

    function _expectAnchor(int256 answer, uint256 time) private view {
        (uint256 usdPerGram, uint48 time_) = oracle.anchor();
        assertEq(usdPerGram, perGram(answer), "anchor");
        assertEq(time_, time, "anchor's time");
    }
}
