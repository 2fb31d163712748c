// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ObservationRing} from "../../../contracts/price/ObservationRing.sol";
import {Test} from "../lib/Test.sol";

/// @title The ring against a plain array that forgets nothing: same answers, and none where the ring has forgotten
contract ObservationRingFuzzTest is Test {
    using ObservationRing for ObservationRing.Ring;

    struct Entry {
        uint40 time;
        uint80 price;
        uint8 source;
        uint8 mode;
        uint80 carried; // what an average takes: the price, or the one before a halt
    }

    uint40 internal constant START = 1_795_014_000;

    ObservationRing.Ring internal ring;
    /// @dev The model: entry k has the sequence k + 1.
    Entry[] internal entries;
    uint256 internal held;
    uint40 internal clock;

    /// @dev A run of up to 120 steps from one seed: writes, repeats, halts, same seconds, growth at any moment.
    function testFuzz_ringIsTheEndOfTheHistory(uint256 seed, uint8 capacity, uint8 steps) public {
        ring.initialize(uint32(bound(capacity, 1, 9)));
        clock = START;
        uint256 stepCount = bound(steps, 1, 120);
        for (uint256 i = 0; i < stepCount; i++) {
            uint256 random = uint256(keccak256(abi.encode(seed, i)));
            if (random % 16 == 0) _grow(uint32(1 + ((random >> 8) % 7)));
            else _write(random >> 16);
            if (i % 8 == 7) _compare(random);
        }
        _compare(seed);
    }

    /// @dev Growing ever so often loses nothing that the ring held.
    function testFuzz_growthForgetsNothing(uint8 before, uint8 more, uint8 after_) public {
        ring.initialize(5);
        clock = START;
        uint256 first = bound(before, 0, 23);
        for (uint256 i = 0; i < first; i++) _write(_fresh(i));
        uint256 heldBefore = ring.header.count;
        ring.grow(5 + uint32(bound(more, 1, 20)));
        uint256 second = bound(after_, 0, 40);
        uint256 oldestBefore = ring.oldest();
        for (uint256 i = 0; i < second; i++) {
            _write(_fresh(first + i));
            // Until the cycle ends the old size holds; it never shrinks.
            assertGe(ring.header.count, heldBefore, "held");
        }
        if (second > 5) assertGe(ring.header.cycle, 6, "grew within one turn");
        assertGe(ring.oldest(), oldestBefore);
        _compare(more);
    }

    function _grow(uint32 by) private {
        uint32 capacity = ring.header.capacity + by;
        ring.grow(capacity);
        assertEq(ring.header.capacity, capacity);
    }

    /// @dev Low bits say how far time goes, whether the price is a halt, a repeat, or new.
    function _write(uint256 random) private {
        clock += uint40((random % 4 == 0) ? 0 : (random >> 8) % 5_000);
        uint256 kind = (random >> 32) % 8;
        Entry memory entry = Entry(clock, uint80(1 + ((random >> 64) % 2 ** 79)), 1, 1, 0);
        if (kind == 0) entry = Entry(clock, 0, 0, 0, 0);
        if (kind == 1 && entries.length != 0) {
            entry = entries[entries.length - 1];
            entry.time = clock;
        }
        if (kind == 2) (entry.source, entry.mode) = (2, 2);
        (uint48 sequence, bool written) = ring.write(entry.time, entry.price, entry.source, entry.mode);
        bool expected = _model(entry);
        assertEq(written, expected, "written");
        assertEq(sequence, entries.length, "sequence");
    }

    /// @dev Returns whether the write changes anything.
    function _model(Entry memory entry) private returns (bool) {
        uint256 length = entries.length;
        if (length == 0) {
            if (entry.price == 0) return false;
            entry.carried = entry.price;
            entries.push(entry);
            return true;
        }
        Entry memory last = entries[length - 1];
        if (last.price == entry.price && last.source == entry.source && last.mode == entry.mode) return false;
        entry.carried = entry.price == 0 ? last.carried : entry.price;
        if (last.time == entry.time) entries[length - 1] = entry;
        else entries.push(entry);
        return true;
    }

    function _fresh(uint256 i) private pure returns (uint256) {
        return (uint256(1 + i) << 64) | (uint256(7) << 32) | (60 << 8) | 1;
    }

    function _compare(uint256 random) private view {
        uint256 total = entries.length;
        if (total == 0) {
            assertEq(ring.oldest(), 0);
            (uint256 none, ) = ring.findAt(clock);
            assertEq(none, 0);
            return;
        }
        uint256 oldest = ring.oldest();
        assertEq(ring.header.newest, total, "newest");
        assertEq(total + 1 - oldest, ring.header.count, "count");
        assertLe(ring.header.count, ring.header.cycle, "within the cycle");
        assertLe(ring.header.cycle, ring.header.capacity, "within the capacity");
        for (uint256 sequence = 0; sequence <= total + 1; sequence++) {
            (bool found, ObservationRing.Slot memory slot) = ring.get(sequence);
            assertEq(found, sequence >= oldest && sequence <= total && sequence != 0, "found");
            if (found) _assertSame(slot, entries[sequence - 1]);
        }
        for (uint256 i = 0; i < 6; i++) {
            uint256 time = START - 10 + (uint256(keccak256(abi.encode(random, i))) % (clock - START + 20));
            _compareAt(time, oldest);
        }
        _compareAt(entries[oldest - 1].time, oldest);
        _compareAt(entries[oldest - 1].time - 1, oldest);
        _compareAt(entries[total - 1].time, oldest);
        _compareAt(uint256(clock) + 1 days, oldest);
    }

    function _compareAt(uint256 time, uint256 oldest) private view {
        uint256 expected = 0;
        for (uint256 k = oldest; k <= entries.length; k++) if (entries[k - 1].time <= time) expected = k;
        (uint256 sequence, ObservationRing.Slot memory slot) = ring.findAt(time);
        assertEq(sequence, expected, "findAt");
        (bool found, uint256 sum) = ring.cumulativeAt(time);
        assertEq(found, expected != 0, "cumulativeAt found");
        if (expected == 0) return;
        _assertSame(slot, entries[expected - 1]);
        assertEq(sum, _sumAt(time), "cumulativeAt");
    }

    /// @dev Price x seconds from the first observation ever on; a halt keeps the price before it.
    function _sumAt(uint256 time) private view returns (uint256 sum) {
        for (uint256 k = 0; k < entries.length && entries[k].time <= time; k++) {
            uint256 until = k + 1 < entries.length && entries[k + 1].time <= time ? entries[k + 1].time : time;
            sum += uint256(entries[k].carried) * (until - entries[k].time);
        }
    }

    function _assertSame(ObservationRing.Slot memory slot, Entry memory entry) private pure {
        assertEq(slot.time, entry.time, "time");
        assertEq(slot.usdPerGram, entry.price, "price");
        assertEq(slot.source, entry.source, "source");
        assertEq(slot.mode, entry.mode, "mode");
    }
}
