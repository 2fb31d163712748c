// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessManagedUpgradeable} from "@openzeppelin/contracts-upgradeable/access/manager/AccessManagedUpgradeable.sol";
import {UUPSUpgradeable} from "@openzeppelin/contracts-upgradeable/proxy/utils/UUPSUpgradeable.sol";
import {AggregatorV3Interface} from "@chainlink/contracts/src/v0.8/shared/interfaces/AggregatorV3Interface.sol";
import {IPriceOracle} from "../interfaces/IPriceOracle.sol";
import {ISignedPriceFeed} from "../interfaces/ISignedPriceFeed.sol";
import {FeedReader} from "./FeedReader.sol";
import {MarketHours} from "./MarketHours.sol";
import {ObservationRing} from "./ObservationRing.sol";
import {PriceSelection} from "./PriceSelection.sol";

/// @title PriceOracle: chooses among feeds, and remembers every price it gave out
///
/// CHOOSING. {PriceSelection} is the table; this contract feeds it. MAIN is Chainlink XAU/USD, PIVOT a SignedPriceFeed, FALLBACK
/// Chainlink PAXG/USD. A feed at the zero address is dead. Of PIVOT the last round counts that did not arrive in this very
/// block, and with the market open only one that its reporters made for an open market: one made for a closed market holds
/// tokenised gold and the last close, so its agreement with FALLBACK would prove nothing. FALLBACK is asked only if MAIN
/// and PIVOT do not settle it.
///
/// REMEMBERING. Anyone may record. What is written is what the feeds say, never what a caller says; a repeat writes nothing, and
/// one second holds one observation. So history is used up no faster than the chosen feed itself moves, whoever calls how
/// often, and anyone may grow the ring.
///
/// HALTED is an answer, not a revert: dead feeds never make {price} revert. Only a caller who brings too little gas to tell a
/// dead feed from a starved one is refused (FeedReader).
contract PriceOracle is IPriceOracle, UUPSUpgradeable, AccessManagedUpgradeable {
    using ObservationRing for ObservationRing.Ring;

    /// @dev Tolerances beyond this are no agreement.
    uint16 internal constant MAX_TOLERANCE_BPS = 1_000;
    /// @dev A guardian's closure ends within this time; it may be lengthened by another.
    uint48 internal constant MAX_CLOSURE = 7 days;
    /// @dev Slots that one {grow} may add: about 11.5 million gas.
    uint32 internal constant MAX_GROWTH = 512;
    /// @dev An unchanged Normal price refreshes the anchor's time this often, not at every trade.
    uint256 internal constant ANCHOR_REFRESH = 1 minutes;

    // STORAGE

    /// @dev One slot.
    struct Settings {
        uint16 pivotBps;
        uint16 fallbackBps;
        uint40 closedFrom;
        uint40 closedUntil;
        uint40 anchorTime;
        uint80 anchor;
    }

    /// @custom:storage-location erc7201:eaurum.storage.PriceOracle
    struct PriceOracleStorage {
        Settings settings;
        mapping(Source source => Feed) feeds;
        mapping(uint256 word => uint256) holidays;
        ObservationRing.Ring ring;
    }

    // keccak256(abi.encode(uint256(keccak256("eaurum.storage.PriceOracle")) - 1)) & ~bytes32(uint256(0xff))
    bytes32 private constant STORAGE_LOCATION = 0xa1a6abf4d5142cffa280d666c8b832b38a3345d35f7b0172b31f8222e83f0400;

    function _storage() private pure returns (PriceOracleStorage storage $) {
        assembly {
            $.slot := STORAGE_LOCATION
        }
    }

    // CONSTRUCTOR

    /// @custom:oz-upgrades-unsafe-allow constructor
    constructor() {
        _disableInitializers();
    }

    /// @param ringCapacity observations kept before the oldest is overwritten; grow it later as needed
    function initialize(
        address authority_,
        Feed calldata main,
        Feed calldata pivot,
        Feed calldata fallback_,
        uint16 pivotBps,
        uint16 fallbackBps,
        uint32 ringCapacity
    ) external initializer {
        if (authority_.code.length == 0) revert AccessManagedInvalidAuthority(authority_);
        if (ringCapacity == 0) revert InvalidRingCapacity(ringCapacity);
        __AccessManaged_init(authority_);
        _setFeed(Source.Main, main);
        _setFeed(Source.Pivot, pivot);
        _setFeed(Source.Fallback, fallback_);
        _setTolerances(pivotBps, fallbackBps);
        _storage().ring.initialize(ringCapacity);
        emit RingGrown(0, ringCapacity);
    }

    // EVERYONE

    /// @inheritdoc IPriceOracle
    function price() external view returns (uint256 usdPerGram, uint256 low, uint256 high, Mode mode) {
        Quote memory q = _quote();
        return (q.usdPerGram, q.lowUsdPerGram, q.highUsdPerGram, q.mode);
    }

    /// @inheritdoc IPriceOracle
    function quote() external view returns (Quote memory) {
        return _quote();
    }

    /// @inheritdoc IPriceOracle
    function record() external returns (Quote memory observed, uint64 sequence) {
        PriceOracleStorage storage $ = _storage();
        observed = _quote();
        uint40 time = uint40(block.timestamp); // fits for 34,000 years
        uint80 usdPerGram = uint80(observed.usdPerGram); // fits: 2^24 dollars an ounce are below 2^79 wei a gram
        bool written;
        (sequence, written) = $.ring.write(time, usdPerGram, uint8(observed.source), uint8(observed.mode));
        if (observed.mode == Mode.Normal) {
            Settings storage settings = $.settings;
            if (settings.anchor != usdPerGram || time - settings.anchorTime >= ANCHOR_REFRESH) {
                settings.anchor = usdPerGram;
                settings.anchorTime = time;
            }
        }
        if (written) {
            emit Observed(
                sequence,
                time,
                observed.usdPerGram,
                observed.lowUsdPerGram,
                observed.highUsdPerGram,
                observed.source,
                observed.mode
            );
        }
    }

    /// @inheritdoc IPriceOracle
    function grow(uint32 newCapacity) external {
        ObservationRing.Ring storage ring_ = _storage().ring;
        uint32 oldCapacity = ring_.header.capacity;
        if (newCapacity <= oldCapacity) return;
        if (newCapacity - oldCapacity > MAX_GROWTH) revert RingGrowthTooLarge(newCapacity, oldCapacity + MAX_GROWTH);
        ring_.grow(newCapacity);
        emit RingGrown(oldCapacity, newCapacity);
    }

    /// @inheritdoc IPriceOracle
    function latest() external view returns (Observation memory) {
        uint64 newest = _storage().ring.header.newest;
        if (newest == 0) revert PriceUnavailable();
        return observation(newest);
    }

    /// @inheritdoc IPriceOracle
    function observation(uint64 sequence) public view returns (Observation memory) {
        (bool found, ObservationRing.Slot memory slot) = _storage().ring.get(sequence);
        if (!found) revert ObservationUnknown(sequence);
        return _observation(sequence, slot);
    }

    /// @inheritdoc IPriceOracle
    function observationAt(uint48 time) external view returns (Observation memory) {
        (uint256 sequence, ObservationRing.Slot memory slot) = _storage().ring.findAt(time);
        if (sequence == 0) _revertTooOld(time);
        return _observation(uint64(sequence), slot); // sequences are kept in 48 bits
    }

    /// @inheritdoc IPriceOracle
    function twap(uint48 window) external view returns (uint256 usdPerGram) {
        if (window == 0 || window >= block.timestamp) revert InvalidWindow(window);
        ObservationRing.Ring storage ring_ = _storage().ring;
        uint256 from = block.timestamp - window;
        (bool found, uint256 sumBefore) = ring_.cumulativeAt(from);
        if (!found) _revertTooOld(uint48(from));
        (, uint256 sumNow) = ring_.cumulativeAt(block.timestamp);
        return (sumNow - sumBefore) / window;
    }

    /// @inheritdoc IPriceOracle
    function ring() external view returns (uint32 capacity, uint64 oldestSequence, uint64 newestSequence) {
        ObservationRing.Ring storage ring_ = _storage().ring;
        return (ring_.header.capacity, uint64(ring_.oldest()), ring_.header.newest);
    }

    /// @inheritdoc IPriceOracle
    function feedStatus(Source source) external view returns (FeedStatus memory status) {
        Feed memory feed = feedOf(source);
        (bool live, uint256 answer, uint48 updatedAt, ) = _ask(source, feed);
        status = FeedStatus(feed.feed, live, 0, updatedAt, feed.heartbeat);
        // An answer far beyond belief is not converted: it could overflow.
        if (answer <= type(uint128).max) (status.usdPerGram, ) = FeedReader.toUsdPerGram(answer, feed.decimals);
    }

    /// @inheritdoc IPriceOracle
    function feedOf(Source source) public view returns (Feed memory) {
        if (source == Source.None) revert InvalidSource(source);
        return _storage().feeds[source];
    }

    /// @inheritdoc IPriceOracle
    function tolerances() external view returns (uint16 pivotBps, uint16 fallbackBps) {
        Settings storage settings = _storage().settings;
        return (settings.pivotBps, settings.fallbackBps);
    }

    /// @inheritdoc IPriceOracle
    function isMarketOpen(uint48 time) external view returns (bool) {
        return _isMarketOpen(time, _storage().settings);
    }

    /// @inheritdoc IPriceOracle
    function marketClosedUntil() external view returns (uint48) {
        return _storage().settings.closedUntil;
    }

    /// @inheritdoc IPriceOracle
    function holidays(uint32 fromDay) external view returns (uint256 days_) {
        mapping(uint256 word => uint256) storage words = _storage().holidays;
        uint256 shift = fromDay % 256;
        days_ = words[fromDay / 256] >> shift;
        if (shift != 0) days_ |= words[fromDay / 256 + 1] << (256 - shift);
    }

    /// @inheritdoc IPriceOracle
    function anchor() external view returns (uint256 usdPerGram, uint48 time) {
        Settings storage settings = _storage().settings;
        return (settings.anchor, settings.anchorTime);
    }

    // GUARDIAN

    /// @inheritdoc IPriceOracle
    function closeMarket(uint48 until) external restricted {
        Settings storage settings = _storage().settings;
        uint40 time = uint40(block.timestamp); // fits for 34,000 years
        bool closed = settings.closedUntil > time;
        uint48 earliest = (closed ? settings.closedUntil : time) + 1;
        if (until < earliest || until > time + MAX_CLOSURE) revert InvalidClosure(until, earliest, time + MAX_CLOSURE);
        if (!closed) settings.closedFrom = time;
        settings.closedUntil = uint40(until); // at most a week from now
        emit MarketClosed(_msgSender(), until);
    }

    /// @inheritdoc IPriceOracle
    function lowerTolerances(uint16 pivotBps, uint16 fallbackBps) external restricted {
        Settings storage settings = _storage().settings;
        (uint16 oldPivot, uint16 oldFallback) = (settings.pivotBps, settings.fallbackBps);
        bool higher = pivotBps > oldPivot || fallbackBps > oldFallback;
        bool same = pivotBps == oldPivot && fallbackBps == oldFallback;
        if (higher || same) revert TolerancesNotLower(pivotBps, fallbackBps);
        _setTolerances(pivotBps, fallbackBps);
    }

    /// @inheritdoc IPriceOracle
    function tightenBounds(Source source, uint24 minUsdPerOunce, uint24 maxUsdPerOunce) external restricted {
        Feed memory feed = feedOf(source);
        bool looser = minUsdPerOunce < feed.minUsdPerOunce || maxUsdPerOunce > feed.maxUsdPerOunce;
        bool same = minUsdPerOunce == feed.minUsdPerOunce && maxUsdPerOunce == feed.maxUsdPerOunce;
        if (looser || same) revert BoundsNotTighter(minUsdPerOunce, maxUsdPerOunce);
        if (minUsdPerOunce > maxUsdPerOunce) revert InvalidBounds(minUsdPerOunce, maxUsdPerOunce);
        feed.minUsdPerOunce = minUsdPerOunce;
        feed.maxUsdPerOunce = maxUsdPerOunce;
        _storage().feeds[source] = feed;
        emit FeedChanged(source, feed);
    }

    // TREASURER

    /// @inheritdoc IPriceOracle
    function reopenMarket() external restricted {
        Settings storage settings = _storage().settings;
        if (settings.closedUntil <= block.timestamp) revert MarketNotClosed(settings.closedUntil);
        settings.closedUntil = uint40(block.timestamp); // fits for 34,000 years; what was closed stays closed in hindsight
        emit MarketReopened(_msgSender());
    }

    /// @inheritdoc IPriceOracle
    function raiseTolerances(uint16 pivotBps, uint16 fallbackBps) external restricted {
        Settings storage settings = _storage().settings;
        (uint16 oldPivot, uint16 oldFallback) = (settings.pivotBps, settings.fallbackBps);
        bool lower = pivotBps < oldPivot || fallbackBps < oldFallback;
        bool same = pivotBps == oldPivot && fallbackBps == oldFallback;
        if (lower || same) revert TolerancesNotHigher(pivotBps, fallbackBps);
        _setTolerances(pivotBps, fallbackBps);
    }

    /// @inheritdoc IPriceOracle
    function setFeed(Source source, Feed calldata feed) external restricted {
        _setFeed(source, feed);
    }

    /// @inheritdoc IPriceOracle
    function setHolidays(uint32 fromDay, uint256 days_) external restricted {
        mapping(uint256 word => uint256) storage words = _storage().holidays;
        uint256 shift = fromDay % 256;
        uint256 word = fromDay / 256;
        uint256 below = (1 << shift) - 1; // the days of the first word that lie before `fromDay`
        words[word] = (words[word] & below) | (days_ << shift);
        if (shift != 0) words[word + 1] = (words[word + 1] & ~below) | (days_ >> (256 - shift));
        uint256 count = 0;
        for (uint256 rest = days_; rest != 0; rest &= rest - 1) count++;
        emit HolidaysChanged(fromDay, count);
    }

    // INTERNAL

    function _authorizeUpgrade(address) internal override restricted {}

    function _setTolerances(uint16 pivotBps, uint16 fallbackBps) private {
        if (pivotBps > MAX_TOLERANCE_BPS || fallbackBps > MAX_TOLERANCE_BPS) {
            revert InvalidTolerances(pivotBps, fallbackBps);
        }
        Settings storage settings = _storage().settings;
        settings.pivotBps = pivotBps;
        settings.fallbackBps = fallbackBps;
        emit TolerancesChanged(pivotBps, fallbackBps);
    }

    function _setFeed(Source source, Feed calldata given) private {
        if (source == Source.None) revert InvalidSource(source);
        Feed memory feed; // stays empty for the zero address: no such feed
        if (given.feed != address(0)) {
            feed = given;
            feed.decimals = AggregatorV3Interface(feed.feed).decimals();
            if (feed.decimals > FeedReader.MAX_DECIMALS) revert UnsupportedDecimals(feed.feed, feed.decimals);
            if (feed.heartbeat == 0) revert InvalidHeartbeat(feed.heartbeat);
            if (feed.minUsdPerOunce == 0 || feed.minUsdPerOunce > feed.maxUsdPerOunce) {
                revert InvalidBounds(feed.minUsdPerOunce, feed.maxUsdPerOunce);
            }
            // Reverts for a feed that is no SignedPriceFeed: as PIVOT it would always be dead.
            if (source == Source.Pivot) ISignedPriceFeed(feed.feed).settledRound();
        }
        _storage().feeds[source] = feed;
        emit FeedChanged(source, feed);
    }

    function _quote() private view returns (Quote memory) {
        PriceOracleStorage storage $ = _storage();
        Settings memory settings = $.settings;
        PriceSelection.Inputs memory inputs;
        inputs.pivotBps = settings.pivotBps;
        inputs.fallbackBps = settings.fallbackBps;
        inputs.anchor = settings.anchor;
        inputs.anchorTime = settings.anchorTime;
        inputs.time = block.timestamp;
        inputs.marketOpen = _isMarketOpen(block.timestamp, settings);
        if (inputs.marketOpen) inputs.main = _read(Source.Main, true);
        inputs.pivot = _read(Source.Pivot, inputs.marketOpen);
        if (!PriceSelection.agree(inputs.main, inputs.pivot, inputs.pivotBps)) {
            inputs.fallback_ = _read(Source.Fallback, inputs.marketOpen);
        }
        return PriceSelection.select(inputs);
    }

    function _read(Source source, bool marketOpen) private view returns (PriceSelection.Reading memory reading) {
        Feed memory feed = _storage().feeds[source];
        (bool live, uint256 answer, , uint256 session) = _ask(source, feed);
        if (!live || (marketOpen && session != uint256(ISignedPriceFeed.Session.Open))) return reading;
        reading.live = true;
        (reading.floor, reading.ceil) = FeedReader.toUsdPerGram(answer, feed.decimals);
    }

    /// @dev The session is that of PIVOT's round, and Open (0) for the other feeds.
    function _ask(
        Source source,
        Feed memory feed
    ) private view returns (bool live, uint256 answer, uint48 updatedAt, uint256 session) {
        uint256 unit = 10 ** feed.decimals;
        (uint256 min, uint256 max) = (feed.minUsdPerOunce * unit, feed.maxUsdPerOunce * unit);
        if (source == Source.Pivot) return FeedReader.readSettled(feed.feed, feed.heartbeat, min, max);
        (live, answer, updatedAt) = FeedReader.read(feed.feed, feed.heartbeat, min, max);
    }

    function _isMarketOpen(uint256 time, Settings memory settings) private view returns (bool) {
        if (time >= settings.closedFrom && time < settings.closedUntil) return false;
        (uint256 day, uint256 secondOfDay) = MarketHours.tradingDay(time);
        if (!MarketHours.isRegularSession(day, secondOfDay)) return false;
        return (_storage().holidays[day / 256] >> (day % 256)) & 1 == 0;
    }

    function _observation(uint64 sequence, ObservationRing.Slot memory slot) private pure returns (Observation memory) {
        return Observation(sequence, slot.time, slot.usdPerGram, Source(slot.source), Mode(slot.mode));
    }

    function _revertTooOld(uint48 time) private view {
        ObservationRing.Ring storage ring_ = _storage().ring;
        uint256 oldest = ring_.oldest();
        if (oldest == 0) revert PriceUnavailable();
        (, ObservationRing.Slot memory slot) = ring_.get(oldest);
        revert ObservationTooOld(time, slot.time);
    }
}
