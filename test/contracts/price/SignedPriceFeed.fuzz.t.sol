// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ISignedPriceFeed} from "../../../contracts/interfaces/ISignedPriceFeed.sol";
import {PriceTest} from "./PriceTest.sol";

/// @title Rounds of random reports: what is accepted is a median in order, and nothing else changes
contract SignedPriceFeedFuzzTest is PriceTest {
    function setUp() public {
        deployPrice();
    }

    /// @dev Any five prices, sorted: the third is the round, if the span allows it.
    function testFuzz_medianOfSortedPrices(uint64[5] memory raw, uint8 shuffle) public {
        uint256[5] memory prices;
        for (uint256 i = 0; i < 5; i++) prices[i] = bound(raw[i], 3_980e8, 4_040e8);
        for (uint256 i = 0; i < 5; i++) {
            for (uint256 j = i + 1; j < 5; j++) {
                if (prices[j] < prices[i]) (prices[i], prices[j]) = (prices[j], prices[i]);
            }
        }
        uint256 time = vm.getBlockTimestamp();
        ISignedPriceFeed.SignedReport[] memory reports = new ISignedPriceFeed.SignedReport[](5);
        for (uint256 i = 0; i < 5; i++) {
            reports[i] = sign(pivot, keys[(i * 2 + shuffle) % 5], prices[i], time, ISignedPriceFeed.Session.Open);
        }
        bool fits = (prices[4] - prices[0]) * 10_000 <= uint256(SPAN_BPS) * prices[0];
        try pivot.submit(reports) returns (uint80 roundId) {
            assertTrue(fits, "span");
            assertEq(roundId, 1);
            assertEq(pivot.round(1).price, prices[2], "median");
        } catch {
            assertFalse(fits, "refused");
            assertEq(pivot.latestRound(), 0);
        }
    }

    /// @dev One bit of a signed report flipped anywhere: refused, and nothing has changed.
    function testFuzz_noBitOfAReportMayChange(uint8 which, uint16 bit) public {
        uint256 time = vm.getBlockTimestamp();
        ISignedPriceFeed.SignedReport[] memory reports = three(4_000e8, 4_000e8, 4_000e8, time);
        ISignedPriceFeed.SignedReport memory report = reports[which % 3];
        bit = uint16(bound(bit, 0, 128 + 48 + 256 + 256 - 1));
        if (bit < 128) report.price ^= uint128(1) << bit;
        else if (bit < 176) report.observedAt ^= uint48(1) << (bit - 128);
        else if (bit < 432) report.r ^= bytes32(uint256(1) << (bit - 176));
        else report.vs ^= bytes32(uint256(1) << (bit - 432));
        vm.expectRevert();
        pivot.submit(reports);
        assertEq(pivot.latestRound(), 0);
        assertEq(pivot.lastObservedAt(reporters[0]), 0);
    }

    /// @dev Over random rounds in time: ids without gaps, updatedAt never back, each reporter's time only forward.
    function testFuzz_roundsGoForward(uint256 seed) public {
        uint80 accepted = 0;
        uint256 updatedAt = 0;
        for (uint256 n = 0; n < 12; n++) {
            uint256 random = uint256(keccak256(abi.encode(seed, n)));
            if (random % 3 != 0) skip(random % 7);
            uint256 now_ = vm.getBlockTimestamp();
            uint256 first = (random >> 8) % 5;
            uint256 oldest = type(uint256).max;
            bool fresh = true;
            ISignedPriceFeed.SignedReport[] memory reports = new ISignedPriceFeed.SignedReport[](3);
            for (uint256 i = 0; i < 3; i++) {
                uint256 seat = (first + i) % 5;
                uint256 observedAt = now_ + 3 - ((random >> (16 + 8 * i)) % 12);
                if (observedAt < oldest) oldest = observedAt;
                if (observedAt <= pivot.lastObservedAt(reporters[seat])) fresh = false;
                reports[i] = sign(pivot, keys[seat], 4_000e8 + i, observedAt, ISignedPriceFeed.Session.Open);
            }
            bool expected = fresh && oldest >= updatedAt;
            try pivot.submit(reports) returns (uint80 roundId) {
                assertTrue(expected, "accepted what is stale");
                assertEq(roundId, ++accepted, "no gaps");
                updatedAt = oldest;
                assertEq(pivot.round(roundId).updatedAt, updatedAt);
            } catch {
                assertFalse(expected, "refused what is fresh");
            }
            assertEq(pivot.latestRound(), accepted);
        }
    }

    /// @dev Any number of rounds before this block and in it: the last one before it is the settled one.
    function testFuzz_settledRoundIsTheLastBeforeThisBlock(uint8 before, uint8 within) public {
        uint256 old = bound(before, 0, 20);
        uint256 fresh = bound(within, 0, 40);
        uint256 time = vm.getBlockTimestamp() - 100;
        for (uint256 i = 1; i <= old; i++) _round(i, time + i);
        vm.roll(vm.getBlockNumber() + 1);
        for (uint256 i = 1; i <= fresh; i++) _round(old + i, time + old + i);
        assertEq(pivot.settledRound().price, old == 0 ? 0 : 4_000e8 + old);
    }

    function _round(uint256 i, uint256 time) private {
        pivot.submit(three(4_000e8 + i, 4_000e8 + i, 4_000e8 + i, time));
    }
}
