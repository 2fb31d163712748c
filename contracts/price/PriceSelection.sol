// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IPriceOracle} from "../interfaces/IPriceOracle.sol";

/// @title PriceSelection: which price three feeds make together, as a pure function
/// @notice In this order; `~` means both live and within tolerance of each other:
///
/// | if                                                                               | price    | mode     |
/// | MAIN ~ PIVOT                                                                      | MAIN     | Normal   |
/// | MAIN ~ FALLBACK                                                                   | MAIN     | Degraded |
/// | PIVOT ~ FALLBACK                                                                  | PIVOT    | Degraded |
/// | exactly one of MAIN, PIVOT live, FALLBACK dead, within the jump of the anchor      | that one | Degraded |
/// | anything else                                                                     | none     | Halted   |
///
/// LOW AND HIGH span the feeds that agree: of the first row MAIN and PIVOT (FALLBACK is not even asked), else every live feed
/// that agrees with another one. A feed that agrees with none has no say: it may be the liar.
///
/// WITH THE MARKET CLOSED MAIN counts as dead, Degraded reads AfterHours, and the price must lie within -5% / +2.5% of the last
/// Normal price, which low and high then include. Without such a price, or with one older than {MAX_CLOSE_AGE}, nothing says
/// what the session closed at: Halted.
///
/// ONE LIAR. With two honest live feeds the liar agrees with neither, or is within tolerance of the truth. With one honest live
/// feed it agrees, within tolerance, or the two disagree and all is Halted. Alone it can move the price by the jump at most.
library PriceSelection {
    uint256 internal constant BPS = 10_000;
    /// @dev The jump: 2% and 4% for every hour since the anchor, 15% at most; in bps times 3600, so that seconds count exactly.
    uint256 internal constant JUMP_BASE = 200 * 1 hours;
    uint256 internal constant JUMP_PER_SECOND = 400;
    uint256 internal constant JUMP_MAX = 1_500 * 1 hours;
    /// @dev After hours the price lies between these parts of the close.
    uint256 internal constant AFTER_HOURS_LOWEST_BPS = 9_500;
    uint256 internal constant AFTER_HOURS_HIGHEST_BPS = 10_250;
    /// @dev A weekend with a holiday on either side is 97 hours; a close from before it is another market's.
    uint256 internal constant MAX_CLOSE_AGE = 5 days;

    /// @param live whether the feed may be used
    /// @param floor dollars per gram, 18 decimals, rounded down: the feed's price
    /// @param ceil the same, rounded up
    struct Reading {
        bool live;
        uint256 floor;
        uint256 ceil;
    }

    /// @param pivotBps tolerance between MAIN and PIVOT
    /// @param fallbackBps tolerance between FALLBACK and either of them
    /// @param anchor the last Normal price, 18 decimals; 0 if there was none
    /// @param anchorTime unix seconds, not after `time`
    /// @param time unix seconds now
    struct Inputs {
        Reading main;
        Reading pivot;
        Reading fallback_;
        uint256 pivotBps;
        uint256 fallbackBps;
        bool marketOpen;
        uint256 anchor;
        uint256 anchorTime;
        uint256 time;
    }

    /// @notice The table above. Never reverts while prices are below 2^200 and the anchor's time is not in the future.
    function select(Inputs memory i) internal pure returns (IPriceOracle.Quote memory quote) {
        bool mainLive = i.main.live && i.marketOpen;
        if (mainLive && agree(i.main, i.pivot, i.pivotBps)) {
            return _from(i.main, i.pivot, IPriceOracle.Mode.Normal, IPriceOracle.Source.Main);
        }
        bool pivotAgrees = agree(i.pivot, i.fallback_, i.fallbackBps);
        if (mainLive && agree(i.main, i.fallback_, i.fallbackBps)) {
            quote = _from(i.main, i.fallback_, IPriceOracle.Mode.Degraded, IPriceOracle.Source.Main);
            if (pivotAgrees) _widen(quote, i.pivot.floor, i.pivot.ceil);
        } else if (pivotAgrees) {
            quote = _from(i.pivot, i.fallback_, IPriceOracle.Mode.Degraded, IPriceOracle.Source.Pivot);
        } else if (mainLive != i.pivot.live && !i.fallback_.live) {
            Reading memory only = mainLive ? i.main : i.pivot;
            if (withinJump(only.floor, i.anchor, i.time - i.anchorTime)) {
                IPriceOracle.Source source = mainLive ? IPriceOracle.Source.Main : IPriceOracle.Source.Pivot;
                quote = _from(only, only, IPriceOracle.Mode.Degraded, source);
            }
        }
        if (!i.marketOpen && quote.mode == IPriceOracle.Mode.Degraded) return _afterHours(quote, i);
    }

    /// @notice Both live, and their difference at most `bps` of the lower one.
    function agree(Reading memory a, Reading memory b, uint256 bps) internal pure returns (bool) {
        if (!a.live || !b.live) return false;
        (uint256 lower, uint256 higher) = a.floor < b.floor ? (a.floor, b.floor) : (b.floor, a.floor);
        return (higher - lower) * BPS <= bps * lower;
    }

    /// @notice Whether a price may follow the anchor after `elapsed` seconds, with nothing to confirm it.
    function withinJump(uint256 usdPerGram, uint256 anchor, uint256 elapsed) internal pure returns (bool) {
        if (anchor == 0) return false;
        uint256 difference = usdPerGram > anchor ? usdPerGram - anchor : anchor - usdPerGram;
        uint256 jump = JUMP_MAX;
        // Beyond the hours after which the jump is at its most, the product is not even formed: it can't overflow.
        if (elapsed < (JUMP_MAX - JUMP_BASE) / JUMP_PER_SECOND) jump = JUMP_BASE + JUMP_PER_SECOND * elapsed;
        return difference * BPS * 1 hours <= jump * anchor;
    }

    function _afterHours(
        IPriceOracle.Quote memory quote,
        Inputs memory i
    ) private pure returns (IPriceOracle.Quote memory halted) {
        uint256 close = i.anchor;
        if (close == 0 || i.time - i.anchorTime > MAX_CLOSE_AGE) return halted;
        uint256 scaled = quote.usdPerGram * BPS;
        if (scaled < close * AFTER_HOURS_LOWEST_BPS || scaled > close * AFTER_HOURS_HIGHEST_BPS) return halted;
        quote.mode = IPriceOracle.Mode.AfterHours;
        _widen(quote, close, close);
        return quote;
    }

    /// @dev The price is the first reading's; low and high are over both.
    function _from(
        Reading memory chosen,
        Reading memory other,
        IPriceOracle.Mode mode,
        IPriceOracle.Source source
    ) private pure returns (IPriceOracle.Quote memory quote) {
        quote = IPriceOracle.Quote(chosen.floor, chosen.floor, chosen.ceil, mode, source);
        _widen(quote, other.floor, other.ceil);
    }

    function _widen(IPriceOracle.Quote memory quote, uint256 floor, uint256 ceil) private pure {
        if (floor < quote.lowUsdPerGram) quote.lowUsdPerGram = floor;
        if (ceil > quote.highUsdPerGram) quote.highUsdPerGram = ceil;
    }
}
