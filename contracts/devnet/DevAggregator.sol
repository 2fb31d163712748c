// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

// A revert string on purpose: callers meet what they would meet on BSC.
// solhint-disable gas-custom-errors

import {AggregatorV2V3Interface} from "@chainlink/contracts/src/v0.8/shared/interfaces/AggregatorV2V3Interface.sol";

/// @title DevAggregator: a price feed whose keeper writes what it likes. Development chains only.
/// @notice Stands where Chainlink's OCR aggregator stands, behind a proxy: rounds 1, 2, 3 ... in 32 bits.
contract DevAggregator is AggregatorV2V3Interface {
    struct Round {
        int192 answer;
        uint64 updatedAt;
    }

    error NotKeeper(address caller);
    error FeedIsDead();

    /// @notice The one account that may write.
    address public immutable keeper;
    uint8 public immutable override decimals;
    /// @notice While dead every read reverts, as a feed does that was switched off.
    bool public dead;
    uint32 internal _latestRoundId;
    string public override description;
    mapping(uint32 roundId => Round round) internal _rounds;

    modifier onlyKeeper() {
        if (msg.sender != keeper) revert NotKeeper(msg.sender);
        _;
    }

    modifier whenAlive() {
        if (dead) revert FeedIsDead();
        _;
    }

    constructor(address keeper_, uint8 decimals_, string memory description_) {
        keeper = keeper_;
        decimals = decimals_;
        description = description_;
    }

    // --- keeper ---

    /// @notice A new round with this block's time.
    function transmit(int192 answer) external onlyKeeper {
        _write(answer, uint64(block.timestamp));
    }

    /// @notice A new round that claims to be from `updatedAt` (unix seconds): how a feed is made stale at once.
    function transmitAt(int192 answer, uint64 updatedAt) external onlyKeeper {
        _write(answer, updatedAt);
    }

    function setDead(bool dead_) external onlyKeeper {
        dead = dead_;
    }

    // --- what Chainlink's aggregator answers ---

    function version() external pure override returns (uint256) {
        return 6;
    }

    function latestRoundData() external view override whenAlive returns (uint80, int256, uint256, uint256, uint80) {
        return _roundData(_latestRoundId);
    }

    function getRoundData(
        uint80 roundId
    ) external view override whenAlive returns (uint80, int256, uint256, uint256, uint80) {
        return _roundData(roundId > type(uint32).max ? 0 : uint32(roundId));
    }

    function latestAnswer() external view override whenAlive returns (int256) {
        return _rounds[_latestRoundId].answer;
    }

    function latestTimestamp() external view override whenAlive returns (uint256) {
        return _rounds[_latestRoundId].updatedAt;
    }

    function latestRound() external view override whenAlive returns (uint256) {
        return _latestRoundId;
    }

    function getAnswer(uint256 roundId) external view override whenAlive returns (int256) {
        return roundId > type(uint32).max ? int256(0) : _rounds[uint32(roundId)].answer;
    }

    function getTimestamp(uint256 roundId) external view override whenAlive returns (uint256) {
        return roundId > type(uint32).max ? 0 : _rounds[uint32(roundId)].updatedAt;
    }

    function _write(int192 answer, uint64 updatedAt) internal {
        uint32 roundId = ++_latestRoundId;
        _rounds[roundId] = Round({answer: answer, updatedAt: updatedAt});
        emit NewRound(roundId, msg.sender, updatedAt);
        emit AnswerUpdated(answer, roundId, updatedAt);
    }

    function _roundData(uint32 roundId) internal view returns (uint80, int256, uint256, uint256, uint80) {
        Round memory round = _rounds[roundId];
        require(round.updatedAt > 0, "No data present");
        return (roundId, round.answer, round.updatedAt, round.updatedAt, roundId);
    }
}
