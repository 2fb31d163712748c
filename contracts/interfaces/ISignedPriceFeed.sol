// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AggregatorV3Interface} from "@chainlink/contracts/src/v0.8/shared/interfaces/AggregatorV3Interface.sol";

/// @title SignedPriceFeed: M-of-N signed rounds behind AggregatorV3Interface
/// @notice Dollars per troy ounce, 8 decimals. EIP-712 domain: name "e-Aurum SignedPriceFeed", version "1".
/// PriceReport(bytes32 configId,bytes32 feedId,uint128 price,uint48 observedAt,uint8 session)
interface ISignedPriceFeed is AggregatorV3Interface {
    /// @param Open reports of spot gold in market hours
    /// @param Closed reports of tokenised gold blended with the last close
    enum Session {
        Open,
        Closed
    }

    /// @param price dollars per troy ounce, 8 decimals
    /// @param observedAt unix seconds at which the reporter saw it
    /// @param r,vs the reporter's EIP-2098 compact signature
    struct SignedReport {
        uint128 price;
        uint48 observedAt;
        Session session;
        bytes32 r;
        bytes32 vs;
    }

    /// @param price the median, dollars per troy ounce, 8 decimals
    /// @param updatedAt unix seconds of the oldest observation among the reports
    /// @param submittedAt unix seconds of the block that accepted it
    /// @param reports how many reports it was made of
    struct Round {
        uint128 price;
        uint48 updatedAt;
        uint48 submittedAt;
        Session session;
        uint8 reports;
    }

    event RoundAccepted(
        uint80 indexed roundId,
        uint128 price,
        uint48 updatedAt,
        Session session,
        uint8 reports,
        address indexed transmitter
    );
    event ConfigChanged(bytes32 indexed configId, address[] reporters, uint8 threshold, uint16 maxSpanBps);
    event ReporterDisabled(address indexed reporter, address indexed by);

    /// @notice The round does not exist; before the first one, the latest neither.
    error NoDataPresent(uint80 roundId);
    error TooFewReports(uint256 given, uint256 threshold);
    error EvenReports(uint256 given);
    /// @notice Recovered from the signature; another digest than ours gives another address.
    error UnknownReporter(address signer);
    error RepeatedReporter(address reporter);
    error ReportFromFuture(address reporter, uint48 observedAt, uint48 latest);
    error ReportTooOld(address reporter, uint48 observedAt, uint48 oldest);
    /// @notice The reporter's last accepted report is as new as this one.
    error ReportReplayed(address reporter, uint48 observedAt, uint48 lastObservedAt);
    error PriceZero();
    error PriceTooLarge(uint128 price);
    error PricesNotAscending(uint128 price, uint128 before);
    error SessionsDiffer(Session session, Session first);
    error SpanTooWide(uint128 lowest, uint128 highest, uint16 maxSpanBps);
    /// @notice updatedAt of rounds never goes back.
    error RoundOlder(uint48 updatedAt, uint48 lastUpdatedAt);
    error InvalidThreshold(uint8 threshold, uint256 reporters);
    error InvalidSpan(uint16 maxSpanBps);
    error InvalidReporters(uint256 count);
    error InvalidReporter(address reporter);

    /// @notice Brings a round: `threshold` or more reports, an odd number, by distinct reporters, prices ascending. Anyone may.
    function submit(SignedReport[] calldata reports) external returns (uint80 roundId);

    // --- TREASURER (delayed) ---
    function setConfig(
        address[] calldata reporters,
        uint8 threshold,
        uint16 maxSpanBps
    ) external returns (bytes32 configId);
    // --- GUARDIAN (at once) ---
    function disableReporter(address reporter) external;

    function configId() external view returns (bytes32);
    function feedId() external view returns (bytes32);
    function threshold() external view returns (uint8);
    function maxSpanBps() external view returns (uint16);
    function reporters() external view returns (address[] memory);
    function isReporter(address account) external view returns (bool);
    /// @notice observedAt of the reporter's last accepted report
    function lastObservedAt(address reporter) external view returns (uint48);
    function latestRound() external view returns (uint80);
    function round(uint80 roundId) external view returns (Round memory);
    /// @notice The last round that did not arrive in this very block; all zero if there is none. What the oracle reads.
    function settledRound() external view returns (Round memory);
    /// @notice The EIP-712 digest a reporter signs.
    function reportDigest(uint128 price, uint48 observedAt, Session session) external view returns (bytes32);
}
