// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

// Revert strings on purpose: callers meet what they would meet on BSC.
// solhint-disable gas-custom-errors

import {AggregatorV2V3Interface} from "@chainlink/contracts/src/v0.8/shared/interfaces/AggregatorV2V3Interface.sol";

/// @title DevFeedProxy: shaped like Chainlink's EACAggregatorProxy. Development chains only.
/// @notice The owner proposes an aggregator and confirms it; each confirmed one is a phase, and a round id is
/// (phase << 64) | the aggregator's round. The same calls work on the real proxy of a forked chain.
/// @dev Its code is put at Chainlink's address, so nothing may need a constructor: storage slot 0 is the owner.
contract DevFeedProxy is AggregatorV2V3Interface {
    address public owner;
    address internal _pendingOwner;
    uint16 public phaseId;
    mapping(uint16 phase => AggregatorV2V3Interface aggregator) public phaseAggregators;
    AggregatorV2V3Interface public proposedAggregator;

    uint256 private constant PHASE_OFFSET = 64;

    event AggregatorProposed(address indexed current, address indexed proposed);
    event AggregatorConfirmed(address indexed previous, address indexed latest);
    event OwnershipTransferRequested(address indexed from, address indexed to);
    event OwnershipTransferred(address indexed from, address indexed to);

    modifier onlyOwner() {
        require(msg.sender == owner, "Only callable by owner");
        _;
    }

    // --- owner ---

    function proposeAggregator(address proposed) external onlyOwner {
        proposedAggregator = AggregatorV2V3Interface(proposed);
        emit AggregatorProposed(aggregator(), proposed);
    }

    function confirmAggregator(address confirmed) external onlyOwner {
        require(confirmed == address(proposedAggregator), "Invalid proposed aggregator");
        address previous = aggregator();
        delete proposedAggregator;
        phaseAggregators[++phaseId] = AggregatorV2V3Interface(confirmed);
        emit AggregatorConfirmed(previous, confirmed);
    }

    function transferOwnership(address to) external onlyOwner {
        require(to != msg.sender, "Cannot transfer to self");
        _pendingOwner = to;
        emit OwnershipTransferRequested(owner, to);
    }

    function acceptOwnership() external {
        require(msg.sender == _pendingOwner, "Must be proposed owner");
        address previous = owner;
        owner = msg.sender;
        _pendingOwner = address(0);
        emit OwnershipTransferred(previous, msg.sender);
    }

    // --- reads ---

    function aggregator() public view returns (address) {
        return address(phaseAggregators[phaseId]);
    }

    /// @notice No access controller: everyone may read.
    function accessController() external pure returns (address) {
        return address(0);
    }

    function latestRoundData() external view override returns (uint80, int256, uint256, uint256, uint80) {
        (uint80 id, int256 answer, uint256 startedAt, uint256 updatedAt, uint80 answeredIn) = phaseAggregators[phaseId]
            .latestRoundData();
        return (_withPhase(phaseId, id), answer, startedAt, updatedAt, _withPhase(phaseId, answeredIn));
    }

    function getRoundData(uint80 roundId) external view override returns (uint80, int256, uint256, uint256, uint80) {
        uint16 phase = uint16(roundId >> PHASE_OFFSET);
        (uint80 id, int256 answer, uint256 startedAt, uint256 updatedAt, uint80 answeredIn) = phaseAggregators[phase]
            .getRoundData(uint64(roundId));
        return (_withPhase(phase, id), answer, startedAt, updatedAt, _withPhase(phase, answeredIn));
    }

    function latestAnswer() external view override returns (int256) {
        return phaseAggregators[phaseId].latestAnswer();
    }

    function latestTimestamp() external view override returns (uint256) {
        return phaseAggregators[phaseId].latestTimestamp();
    }

    function latestRound() external view override returns (uint256) {
        return _withPhase(phaseId, uint80(phaseAggregators[phaseId].latestRound()));
    }

    function getAnswer(uint256 roundId) external view override returns (int256) {
        return phaseAggregators[uint16(roundId >> PHASE_OFFSET)].getAnswer(uint64(roundId));
    }

    function getTimestamp(uint256 roundId) external view override returns (uint256) {
        return phaseAggregators[uint16(roundId >> PHASE_OFFSET)].getTimestamp(uint64(roundId));
    }

    function decimals() external view override returns (uint8) {
        return phaseAggregators[phaseId].decimals();
    }

    function version() external view override returns (uint256) {
        return phaseAggregators[phaseId].version();
    }

    function description() external view override returns (string memory) {
        return phaseAggregators[phaseId].description();
    }

    function _withPhase(uint16 phase, uint80 roundId) private pure returns (uint80) {
        return uint80((uint256(phase) << PHASE_OFFSET) | uint64(roundId));
    }
}
