// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title ObservationRing: every price given out, one storage slot each, the oldest overwritten once the ring is full
/// @notice An observation holds from its time until the next one's. A halt has the price 0; for the time-weighted average it
/// keeps the price before it.
///
/// ONE SLOT. The sum of price x seconds that an average needs fits beside the price it starts from, exactly: a price is below
/// 2^80 (the oracle's bounds keep it under 2^24 dollars an ounce, 5.4e23 wei a gram), a time below 2^40, so no sum reaches 2^120.
///
/// ONE A SECOND. Blocks come faster than seconds, so a second write in the same second replaces the first: an observation is
/// final once its second is over. What it replaces held for no time, so no sum changes; a price replaced by a halt is still
/// the price before that halt.
///
/// GROWTH. The ring turns within its cycle. A larger capacity becomes the cycle when the newest observation stands at the
/// cycle's end, where the slots before it are in order, oldest first; until then it waits.
library ObservationRing {
    /// @param cumulative sum of price x seconds up to `time`
    struct Slot {
        uint40 time;
        uint80 usdPerGram;
        uint8 source;
        uint8 mode;
        uint120 cumulative;
    }

    /// @param newest sequence of the newest observation; 0 before the first
    /// @param index where the newest stands
    /// @param count observations held
    /// @param cycle slots the ring turns within
    /// @param capacity slots it may turn within from its next turn on
    /// @param lastPrice the last price that was not a halt
    struct Header {
        uint48 newest;
        uint32 index;
        uint32 count;
        uint32 cycle;
        uint32 capacity;
        uint80 lastPrice;
    }

    struct Ring {
        Header header;
        mapping(uint256 index => Slot) slots;
    }

    /// @notice `capacity` must not be 0.
    function initialize(Ring storage ring, uint32 capacity) internal {
        ring.header.cycle = capacity;
        ring.header.capacity = capacity;
    }

    /// @notice Writes an observation, unless it repeats the newest one. A halt before the first price is not written.
    /// @param time unix seconds, not before the newest observation's
    /// @param usdPerGram 0 for a halt
    /// @return sequence of the observation that holds this price, source and mode; 0 if there is none
    /// @return written whether something was written
    function write(
        Ring storage ring,
        uint40 time,
        uint80 usdPerGram,
        uint8 source,
        uint8 mode
    ) internal returns (uint48 sequence, bool written) {
        Header memory header = ring.header;
        uint120 cumulative = 0;
        if (header.newest == 0) {
            if (usdPerGram == 0) return (0, false);
            header.newest = 1;
            header.count = 1;
        } else {
            Slot memory last = ring.slots[header.index];
            if (last.usdPerGram == usdPerGram && last.source == source && last.mode == mode) {
                return (header.newest, false);
            }
            cumulative = last.cumulative;
            if (time != last.time) {
                cumulative += uint120(header.lastPrice) * (time - last.time);
                _advance(header);
            }
        }
        if (usdPerGram != 0) header.lastPrice = usdPerGram;
        ring.slots[header.index] = Slot(time, usdPerGram, source, mode, cumulative);
        ring.header = header;
        return (header.newest, true);
    }

    /// @notice Makes room for more. The new slots are written now, so that whoever grows the ring pays for them.
    function grow(Ring storage ring, uint32 newCapacity) internal {
        for (uint256 i = ring.header.capacity; i < newCapacity; i++) ring.slots[i].time = 1;
        ring.header.capacity = newCapacity;
    }

    /// @notice The observation of a sequence; `found` is false if it was overwritten or never written.
    function get(Ring storage ring, uint256 sequence) internal view returns (bool found, Slot memory slot) {
        Header memory header = ring.header;
        if (sequence == 0 || sequence > header.newest || header.newest - sequence >= header.count) return (false, slot);
        return (true, ring.slots[_indexOf(header, sequence)]);
    }

    /// @notice Sequence of the oldest observation held; 0 if none is.
    function oldest(Ring storage ring) internal view returns (uint256) {
        Header memory header = ring.header;
        return header.newest == 0 ? 0 : header.newest + 1 - header.count;
    }

    /// @notice The last observation at or before `time`; `found` is 0 if the ring holds none so old.
    function findAt(Ring storage ring, uint256 time) internal view returns (uint256 found, Slot memory slot) {
        Header memory header = ring.header;
        if (header.count == 0) return (0, slot);
        slot = ring.slots[header.index];
        if (slot.time <= time) return (header.newest, slot); // the most asked for
        // Invariant: the answer lies in [low, high), and low - 1 is the sequence before the oldest.
        uint256 low = header.newest + 1 - header.count;
        uint256 high = header.newest;
        while (low < high) {
            uint256 middle = (low + high) / 2;
            Slot memory probed = ring.slots[_indexOf(header, middle)];
            if (probed.time <= time) {
                (found, slot) = (middle, probed);
                low = middle + 1;
            } else {
                high = middle;
            }
        }
    }

    /// @notice Sum of price x seconds up to `time`, from the first observation ever on.
    /// @param time unix seconds, not before the oldest observation's: `found` is false for one that is
    function cumulativeAt(Ring storage ring, uint256 time) internal view returns (bool found, uint256 sum) {
        (uint256 sequence, Slot memory slot) = findAt(ring, time);
        if (sequence == 0) return (false, 0);
        Header memory header = ring.header;
        uint256 elapsed = time - slot.time;
        if (sequence == header.newest) return (true, slot.cumulative + uint256(header.lastPrice) * elapsed);
        Slot memory next = ring.slots[_indexOf(header, sequence + 1)];
        // Exact: the difference of the sums is the price that held, times the seconds between.
        uint256 held = (next.cumulative - slot.cumulative) / (next.time - slot.time);
        return (true, slot.cumulative + held * elapsed);
    }

    /// @dev Moves on to the slot of the next observation.
    function _advance(Header memory header) private pure {
        if (header.index + 1 == header.cycle) header.cycle = header.capacity;
        header.index = (header.index + 1) % header.cycle;
        if (header.count < header.cycle) header.count++;
        header.newest++;
    }

    /// @dev Counts back from the newest; `sequence` must be held.
    function _indexOf(Header memory header, uint256 sequence) private pure returns (uint256) {
        return (uint256(header.index) + header.cycle - (header.newest - sequence)) % header.cycle;
    }
}
