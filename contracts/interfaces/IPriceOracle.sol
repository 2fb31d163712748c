// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title PriceOracle: chooses among feeds, and remembers every price it gave out
/// @notice Prices are US dollars per gram with 18 decimals (`usdPerGram`); feeds quote dollars per troy ounce.
/// 1 troy ounce = 31.1034768 g exactly. Low is rounded down, high is rounded up.
interface IPriceOracle {
    enum Mode {
        Halted,
        Normal,
        Degraded,
        AfterHours
    }

    enum Source {
        None,
        Main,
        Pivot,
        Fallback
    }

    /// @param feed an AggregatorV3Interface, quoting dollars per troy ounce
    /// @param heartbeat seconds; older answers are dead
    /// @param decimals read from the feed when it is set, never assumed
    /// @param minUsdPerOunce lowest answer we believe, whole dollars
    /// @param maxUsdPerOunce highest answer we believe, whole dollars
    struct Feed {
        address feed;
        uint32 heartbeat;
        uint8 decimals;
        uint24 minUsdPerOunce;
        uint24 maxUsdPerOunce;
    }

    struct Quote {
        uint256 usdPerGram;
        uint256 lowUsdPerGram;
        uint256 highUsdPerGram;
        Mode mode;
        Source source;
    }

    /// @param sequence 1, 2, 3 ... without gaps
    /// @param time unix seconds
    /// @param usdPerGram 18 decimals; 0 when Halted
    struct Observation {
        uint64 sequence;
        uint48 time;
        uint128 usdPerGram;
        Source source;
        Mode mode;
    }

    /// @notice What one feed said, for pages and auditors.
    struct FeedStatus {
        address feed;
        bool live;
        uint256 usdPerGram;
        uint48 updatedAt;
        uint32 heartbeat;
    }

    event Observed(
        uint64 indexed sequence,
        uint48 indexed time,
        uint256 usdPerGram,
        uint256 lowUsdPerGram,
        uint256 highUsdPerGram,
        Source source,
        Mode mode
    );
    event FeedChanged(Source indexed source, Feed feed);
    event TolerancesChanged(uint16 pivotBps, uint16 fallbackBps);
    event HolidaysChanged(uint32 indexed fromDay, uint256 count);
    event MarketClosed(address indexed by, uint48 until);
    event MarketReopened(address indexed by);
    event RingGrown(uint32 oldCapacity, uint32 newCapacity);

    error PriceUnavailable();
    error ObservationTooOld(uint48 time, uint48 oldestTime);
    error ObservationUnknown(uint64 sequence);
    error InvalidWindow(uint48 window);
    /// @notice Grow in steps: more would not fit in a block.
    error RingGrowthTooLarge(uint32 newCapacity, uint32 most);
    error InvalidRingCapacity(uint32 capacity);
    error InvalidSource(Source source);
    error UnsupportedDecimals(address feed, uint8 decimals);
    error InvalidHeartbeat(uint32 heartbeat);
    error InvalidBounds(uint24 minUsdPerOunce, uint24 maxUsdPerOunce);
    error BoundsNotTighter(uint24 minUsdPerOunce, uint24 maxUsdPerOunce);
    error InvalidTolerances(uint16 pivotBps, uint16 fallbackBps);
    error TolerancesNotLower(uint16 pivotBps, uint16 fallbackBps);
    error TolerancesNotHigher(uint16 pivotBps, uint16 fallbackBps);
    /// @notice A guardian's closure lengthens the one before it, and ends within a week.
    error InvalidClosure(uint48 until, uint48 earliest, uint48 latest);
    error MarketNotClosed(uint48 closedUntil);

    // --- everyone ---
    /// @notice The price now. Never reverts for a dead feed: mode says Halted.
    function price() external view returns (uint256 usdPerGram, uint256 low, uint256 high, Mode mode);
    function quote() external view returns (Quote memory);
    /// @notice Writes what {quote} says to the ring, at most one observation a second and never the same twice; anyone may
    /// call. A second price in the same second takes the place of the first, under the same sequence: an observation is
    /// final once its second is over. A halt before the first price is not written (sequence 0).
    /// @return observed the quote now
    /// @return sequence of the observation that holds its price, source and mode
    function record() external returns (Quote memory observed, uint64 sequence);
    function latest() external view returns (Observation memory);
    function observation(uint64 sequence) external view returns (Observation memory);
    /// @notice The last observation at or before `time`.
    function observationAt(uint48 time) external view returns (Observation memory);
    /// @notice Time-weighted average over the last `window` seconds, of recorded prices, the newest one held until now;
    /// Halted stretches keep the price before them.
    function twap(uint48 window) external view returns (uint256 usdPerGram);
    /// @notice Makes room in the ring; the caller pays for the storage, at most 512 slots a call. No more than there is: no change.
    function grow(uint32 newCapacity) external;
    function ring() external view returns (uint32 capacity, uint64 oldestSequence, uint64 newestSequence);
    /// @notice What a feed says now. `live`: its call works, its answer is in bounds and within its heartbeat; whether the
    /// market is open, and whether a PIVOT round was made for that, is not counted in. usdPerGram is 0 if nothing could be read.
    function feedStatus(Source source) external view returns (FeedStatus memory);
    function feedOf(Source source) external view returns (Feed memory);
    function tolerances() external view returns (uint16 pivotBps, uint16 fallbackBps);
    function isMarketOpen(uint48 time) external view returns (bool);
    function marketClosedUntil() external view returns (uint48);
    /// @return days_ each bit a trading day from `fromDay` on that is a holiday
    function holidays(uint32 fromDay) external view returns (uint256 days_);
    /// @notice The last recorded Normal price (18 decimals), and when it was last seen, to the minute.
    function anchor() external view returns (uint256 usdPerGram, uint48 time);

    // --- GUARDIAN (at once) ---
    function closeMarket(uint48 until) external;
    function lowerTolerances(uint16 pivotBps, uint16 fallbackBps) external;
    function tightenBounds(Source source, uint24 minUsdPerOunce, uint24 maxUsdPerOunce) external;

    // --- TREASURER (delayed) ---
    function reopenMarket() external;
    function raiseTolerances(uint16 pivotBps, uint16 fallbackBps) external;
    function setFeed(Source source, Feed calldata feed) external;
    /// @notice A trading day runs from 18:00 of the evening before to 17:00, New York time, and so does a holiday.
    /// @param fromDay first of 256 days that are set, days since 1970-01-01 in New York
    /// @param days_ each bit a trading day from `fromDay` on that the market is closed
    function setHolidays(uint32 fromDay, uint256 days_) external;
}
