// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AggregatorV3Interface} from "@chainlink/contracts/src/v0.8/shared/interfaces/AggregatorV3Interface.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {ISignedPriceFeed} from "../interfaces/ISignedPriceFeed.sol";

/// @title FeedReader: reads a price feed that may be dead, hostile, or starved of gas by whoever calls us
/// @notice A feed is live if its call works, its answer lies inside our bounds, and it is not older than its heartbeat.
///
/// THE CALLER'S GAS
/// A call passes on at most 63/64 of the gas at hand (EIP-150), so a caller could pick a gas limit at which a feed's call
/// fails and ours goes on, and make a live feed look dead. Every feed gets at most {FEED_GAS}: enough many times over, and
/// a failure that had all of it is the feed's own. A failure that had less proves nothing, and reverts.
///
/// THE FEED'S ANSWER
/// At most five words of what it returns are copied, so that an oversized answer costs its sender, not us.
library FeedReader {
    /// @dev What one feed call may spend. Chainlink's proxy needs about 20,000, a SignedPriceFeed about 15,000.
    uint256 internal constant FEED_GAS = 200_000;
    /// @dev What a call must have at hand to pass on FEED_GAS: 64/63 of it, and the price of the call itself.
    uint256 internal constant GAS_TO_PASS_ON = (FEED_GAS * 64) / 63 + 5_000;
    /// @dev Seconds an answer may be ahead of the block: SignedPriceFeed lets reporters' clocks be that far ahead.
    uint256 internal constant MAX_SKEW = 3;
    /// @dev A troy ounce is 31.1034768 g exactly.
    uint256 internal constant GRAMS_PER_OUNCE_E7 = 311_034_768;
    /// @dev Feeds with more decimals are refused when they are set.
    uint8 internal constant MAX_DECIMALS = 18;

    /// @notice The feed's call failed, and may have failed only because the caller gave it too little gas.
    error FeedStarved(address feed, uint256 gasLeft, uint256 gasNeeded);

    /// @notice Reads an AggregatorV3Interface.
    /// @param heartbeat seconds; an older answer is dead
    /// @param min lowest answer we believe, in the feed's decimals
    /// @param max highest answer we believe, in the feed's decimals
    /// @return live whether the answer may be used
    /// @return answer what the feed said, if it could be read and is positive (0 otherwise), even when it is not live
    /// @return updatedAt unix seconds, 0 if it could not be read
    function read(
        address feed,
        uint32 heartbeat,
        uint256 min,
        uint256 max
    ) internal view returns (bool live, uint256 answer, uint48 updatedAt) {
        (bool ok, uint256[5] memory words) = _call(feed, AggregatorV3Interface.latestRoundData.selector);
        // (roundId, answer, startedAt, updatedAt, answeredInRound); the last is deprecated and says nothing
        if (ok) (live, answer, updatedAt) = _judge(words[1], words[3], heartbeat, min, max);
    }

    /// @notice Reads a SignedPriceFeed's last round that did not arrive in this very block.
    /// @return live whether the answer may be used
    /// @return answer as {read} returns it
    /// @return updatedAt as {read} returns it
    /// @return session the raw value of {ISignedPriceFeed-Session}
    function readSettled(
        address feed,
        uint32 heartbeat,
        uint256 min,
        uint256 max
    ) internal view returns (bool live, uint256 answer, uint48 updatedAt, uint256 session) {
        (bool ok, uint256[5] memory words) = _call(feed, ISignedPriceFeed.settledRound.selector);
        // Round: (price, updatedAt, submittedAt, session, reports)
        if (ok) {
            (live, answer, updatedAt) = _judge(words[0], words[1], heartbeat, min, max);
            session = words[3];
        }
    }

    /// @notice Dollars per ounce in the feed's decimals to dollars per gram with 18 decimals.
    /// @param answer at most 2^24 dollars, so that nothing overflows
    /// @param decimals of the feed, at most {MAX_DECIMALS}
    /// @return floor rounded down
    /// @return ceil rounded up
    function toUsdPerGram(uint256 answer, uint8 decimals) internal pure returns (uint256 floor, uint256 ceil) {
        uint256 scaled = answer * 10 ** (25 - decimals); // 18 decimals, and 7 for the divisor's
        floor = scaled / GRAMS_PER_OUNCE_E7;
        ceil = Math.ceilDiv(scaled, GRAMS_PER_OUNCE_E7);
    }

    function _judge(
        uint256 rawAnswer,
        uint256 rawUpdatedAt,
        uint32 heartbeat,
        uint256 min,
        uint256 max
    ) private view returns (bool live, uint256 answer, uint48 updatedAt) {
        if (rawAnswer > uint256(type(int256).max)) return (false, 0, 0); // negative
        // a time beyond uint48 is no time; it is shown as the largest and is dead by its skew
        updatedAt = rawUpdatedAt > type(uint48).max ? type(uint48).max : uint48(rawUpdatedAt);
        answer = rawAnswer;
        live =
            answer != 0 &&
            answer >= min &&
            answer <= max &&
            updatedAt != 0 &&
            updatedAt <= block.timestamp + MAX_SKEW &&
            updatedAt + uint256(heartbeat) >= block.timestamp;
    }

    /// @dev ok is false for a call that reverted, and for one that returned less than five words (no contract there).
    function _call(address feed, bytes4 selector) private view returns (bool ok, uint256[5] memory words) {
        if (feed == address(0)) return (false, words); // no such feed here
        uint256 gasBefore = gasleft();
        uint256 feedGas = FEED_GAS;
        assembly ("memory-safe") {
            mstore(0x00, selector)
            ok := staticcall(feedGas, feed, 0x00, 0x04, words, 0xa0)
            ok := and(ok, gt(returndatasize(), 0x9f))
        }
        if (!ok && gasBefore < GAS_TO_PASS_ON) revert FeedStarved(feed, gasBefore, GAS_TO_PASS_ON);
    }
}
