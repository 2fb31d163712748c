// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AggregatorV3Interface} from "@chainlink/contracts/src/v0.8/shared/interfaces/AggregatorV3Interface.sol";

/// @title A Chainlink-shaped feed that a test sets as it likes: value, age, decimals, and the ways in which a feed can fail
contract TestFeed is AggregatorV3Interface {
    /// @param Answer answers as set
    /// @param Revert every read reverts
    /// @param BurnGas every read eats all gas it was given
    /// @param ShortData answers fewer bytes than the interface promises
    enum Behaviour {
        Answer,
        Revert,
        BurnGas,
        ShortData
    }

    error FeedIsDead();

    uint8 private _decimals;
    Behaviour public behaviour;
    uint80 public roundId;
    int256 public answer;
    uint256 public updatedAt;
    mapping(uint80 roundId => int256) private _answers;
    mapping(uint80 roundId => uint256) private _updatedAts;

    constructor(uint8 decimals_, int256 answer_) {
        _decimals = decimals_;
        set(answer_);
    }

    /// @notice A new round with this answer, as of now.
    function set(int256 answer_) public {
        setAt(answer_, block.timestamp);
    }

    /// @notice A new round with this answer, as of `updatedAt_`.
    function setAt(int256 answer_, uint256 updatedAt_) public {
        roundId++;
        answer = answer_;
        updatedAt = updatedAt_;
        _answers[roundId] = answer_;
        _updatedAts[roundId] = updatedAt_;
    }

    /// @notice The same answer, as of now.
    function touch() external {
        set(answer);
    }

    function setDecimals(uint8 decimals_) external {
        _decimals = decimals_;
    }

    function setBehaviour(Behaviour behaviour_) external {
        behaviour = behaviour_;
    }

    function decimals() external view returns (uint8) {
        _behave();
        return _decimals;
    }

    function description() external pure returns (string memory) {
        return "TEST / USD";
    }

    function version() external pure returns (uint256) {
        return 4;
    }

    function getRoundData(uint80 id) external view returns (uint80, int256, uint256, uint256, uint80) {
        _behave();
        return (id, _answers[id], _updatedAts[id], _updatedAts[id], id);
    }

    function latestRoundData() external view returns (uint80, int256, uint256, uint256, uint80) {
        _behave();
        return (roundId, answer, updatedAt, updatedAt, roundId);
    }

    function _behave() private view {
        if (behaviour == Behaviour.Revert) revert FeedIsDead();
        if (behaviour == Behaviour.BurnGas) {
            assembly ("memory-safe") {
                invalid()
            }
        }
        if (behaviour == Behaviour.ShortData) {
            assembly ("memory-safe") {
                return(0, 31)
            }
        }
    }
}
