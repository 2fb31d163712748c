// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessManagedUpgradeable} from "@openzeppelin/contracts-upgradeable/access/manager/AccessManagedUpgradeable.sol";
import {UUPSUpgradeable} from "@openzeppelin/contracts-upgradeable/proxy/utils/UUPSUpgradeable.sol";
import {AggregatorV3Interface} from "@chainlink/contracts/src/v0.8/shared/interfaces/AggregatorV3Interface.sol";
import {IERC5267} from "@openzeppelin/contracts/interfaces/IERC5267.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";
import {ISignedPriceFeed} from "../interfaces/ISignedPriceFeed.sol";

/// @title SignedPriceFeed: M-of-N signed rounds behind AggregatorV3Interface
///
/// A ROUND is an odd number of reports, at least the threshold, by distinct reporters. Prices ascend, so that the median stands
/// in the middle; signers then stand in any order, and a bitmap of their seats refuses who repeats. With fewer liars than half
/// of the reports the median lies between two honest prices. With fewer liars than the threshold one report at least is honest,
/// and since the span is bounded the median lies within it of an honest price.
///
/// REPLAY. A report is signed for this chain and contract (EIP-712 domain), feed and configuration, and is taken once: its
/// observedAt must be newer than the reporter's last. It may be {MAX_AHEAD} ahead of the block and {MAX_AGE} behind it.
///
/// DISABLING a reporter leaves the threshold. With fewer reporters than that no round can come: the feed dies, which is right.
///
/// GAS. What every round reads and changes is one slot ({Head}), and every round is one new slot.
contract SignedPriceFeed is ISignedPriceFeed, IERC5267, UUPSUpgradeable, AccessManagedUpgradeable {
    /// @dev Seconds that a reporter's clock may be ahead of the block.
    uint256 internal constant MAX_AHEAD = 3;
    /// @dev Seconds after which a report is worth nothing; clocks may be half a minute behind.
    uint256 internal constant MAX_AGE = 2 minutes;
    uint256 internal constant MAX_REPORTERS = 13;
    uint16 internal constant MAX_SPAN_BPS = 1_000;
    uint256 internal constant BPS = 10_000;
    /// @dev Reporters whose times fit into {Head}; the times of the others share one more slot.
    uint256 internal constant SEATS_IN_HEAD = 5;

    bytes32 internal constant DOMAIN_TYPEHASH = keccak256(
        "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
    );
    bytes32 internal constant REPORT_TYPEHASH = keccak256(
        "PriceReport(bytes32 configId,bytes32 feedId,uint128 price,uint48 observedAt,uint8 session)"
    );
    string internal constant NAME = "e-Aurum SignedPriceFeed";
    string internal constant VERSION = "1";
    // Hashes of the two above, and what a configId is derived from, as constants: the compiler folds them.
    bytes32 internal constant NAME_HASH = keccak256("e-Aurum SignedPriceFeed");
    bytes32 internal constant VERSION_HASH = keccak256("1");
    bytes32 internal constant CONFIG_TYPEHASH = keccak256("e-Aurum SignedPriceFeed config");

    // IMMUTABLES

    /// @inheritdoc ISignedPriceFeed
    bytes32 public immutable feedId;

    // STORAGE

    /// @dev One slot.
    /// @param observedAt 32 bits for the last observation of each of the first five reporters
    /// @param lastRound id of the latest round
    /// @param updatedAt of the latest round
    /// @param version of the configuration
    /// @param spanAndThreshold maxSpanBps in the upper 12 bits, threshold in the lower 4
    struct Head {
        uint160 observedAt;
        uint32 lastRound;
        uint32 updatedAt;
        uint16 version;
        uint16 spanAndThreshold;
    }

    /// @dev One slot.
    struct StoredRound {
        uint96 price;
        uint40 updatedAt;
        uint40 submittedAt;
        uint48 submittedIn;
        Session session;
        uint8 reports;
    }

    /// @custom:storage-location erc7201:eaurum.storage.SignedPriceFeed
    struct SignedPriceFeedStorage {
        Head head;
        uint256 moreObservedAt;
        mapping(address reporter => uint256 seat) seats; // 1-based; 0 is no reporter
        mapping(uint256 roundId => StoredRound) rounds;
        address[] reporters;
    }

    // keccak256(abi.encode(uint256(keccak256("eaurum.storage.SignedPriceFeed")) - 1)) & ~bytes32(uint256(0xff))
    bytes32 private constant STORAGE_LOCATION = 0x8d16a6efdd06f293c568e41ce002ad5360187ebb4eb6a402ffdac9a26b3d5d00;

    function _storage() private pure returns (SignedPriceFeedStorage storage $) {
        assembly {
            $.slot := STORAGE_LOCATION
        }
    }

    // CONSTRUCTOR

    /// @custom:oz-upgrades-unsafe-allow constructor
    constructor(bytes32 feedId_) {
        feedId = feedId_;
        _disableInitializers();
    }

    function initialize(
        address authority_,
        address[] calldata reporters_,
        uint8 threshold_,
        uint16 maxSpanBps_
    ) external initializer {
        if (authority_.code.length == 0) revert AccessManagedInvalidAuthority(authority_);
        __AccessManaged_init(authority_);
        _setConfig(reporters_, threshold_, maxSpanBps_);
    }

    // ADMIN

    /// @inheritdoc ISignedPriceFeed
    function setConfig(
        address[] calldata reporters_,
        uint8 threshold_,
        uint16 maxSpanBps_
    ) external restricted returns (bytes32) {
        return _setConfig(reporters_, threshold_, maxSpanBps_);
    }

    /// @inheritdoc ISignedPriceFeed
    function disableReporter(address reporter) external restricted {
        SignedPriceFeedStorage storage $ = _storage();
        if ($.seats[reporter] == 0) revert UnknownReporter(reporter);
        delete $.seats[reporter];
        address[] storage list = $.reporters;
        uint256 i = 0;
        while (list[i] != reporter) i++; // it is there: it had a seat
        list[i] = list[list.length - 1];
        list.pop();
        emit ReporterDisabled(reporter, _msgSender());
    }

    function _authorizeUpgrade(address) internal override restricted {}

    // EVERYONE

    /// @inheritdoc ISignedPriceFeed
    function submit(SignedReport[] calldata reports) external returns (uint80) {
        SignedPriceFeedStorage storage $ = _storage();
        Head memory head = $.head;
        uint256 count = reports.length;
        if (count < head.spanAndThreshold & 0xf) revert TooFewReports(count, head.spanAndThreshold & 0xf);
        if (count % 2 == 0) revert EvenReports(count);

        uint128 lowest = reports[0].price;
        uint128 highest = reports[count - 1].price;
        if (lowest == 0) revert PriceZero();
        if (highest > type(uint96).max) revert PriceTooLarge(highest);
        uint256 oldest = _take($, head, reports);
        if (uint256(highest - lowest) * BPS > uint256(head.spanAndThreshold >> 4) * lowest) {
            revert SpanTooWide(lowest, highest, head.spanAndThreshold >> 4);
        }
        if (oldest < head.updatedAt) revert RoundOlder(uint48(oldest), head.updatedAt);

        head.lastRound++;
        head.updatedAt = uint32(oldest); // checked against the block's time: fits until 2106
        $.head = head;
        return _store($, head, uint96(reports[count / 2].price), reports[0].session, uint8(count));
    }

    // VIEWS

    /// @inheritdoc AggregatorV3Interface
    function latestRoundData() external view returns (uint80, int256, uint256, uint256, uint80) {
        return _roundData(_storage().head.lastRound);
    }

    /// @inheritdoc AggregatorV3Interface
    function getRoundData(uint80 roundId) external view returns (uint80, int256, uint256, uint256, uint80) {
        return _roundData(roundId);
    }

    /// @inheritdoc AggregatorV3Interface
    function decimals() external pure returns (uint8) {
        return 8;
    }

    /// @inheritdoc AggregatorV3Interface
    function description() external pure returns (string memory) {
        return "XAU / USD";
    }

    /// @inheritdoc AggregatorV3Interface
    function version() external pure returns (uint256) {
        return 1;
    }

    /// @inheritdoc ISignedPriceFeed
    /// @dev Whoever has collected reports can bring some hundred rounds in one block. Looking back in doubling steps, and then
    /// halving, keeps this within the gas that the oracle gives a feed: nobody makes it look dead for a block.
    function settledRound() external view returns (Round memory) {
        SignedPriceFeedStorage storage $ = _storage();
        mapping(uint256 roundId => StoredRound) storage rounds = $.rounds;
        uint256 unsettled = $.head.lastRound;
        if (unsettled == 0 || rounds[unsettled].submittedIn != block.number) return _round(rounds[unsettled]);
        uint256 step = 1;
        while (unsettled > step && rounds[unsettled - step].submittedIn == block.number) {
            unsettled -= step;
            step *= 2;
        }
        // `unsettled` is of this block, and `settled` is not, or is 0: no round.
        uint256 settled = unsettled > step ? unsettled - step : 0;
        while (unsettled - settled > 1) {
            uint256 middle = (unsettled + settled) / 2;
            if (rounds[middle].submittedIn == block.number) unsettled = middle;
            else settled = middle;
        }
        return _round(rounds[settled]);
    }

    /// @inheritdoc ISignedPriceFeed
    function round(uint80 roundId) external view returns (Round memory) {
        return _round(_existing(roundId));
    }

    /// @inheritdoc ISignedPriceFeed
    function latestRound() external view returns (uint80) {
        return _storage().head.lastRound;
    }

    /// @inheritdoc ISignedPriceFeed
    function configId() external view returns (bytes32) {
        return _configId(_storage().head.version);
    }

    /// @inheritdoc ISignedPriceFeed
    function threshold() external view returns (uint8) {
        return uint8(_storage().head.spanAndThreshold & 0xf);
    }

    /// @inheritdoc ISignedPriceFeed
    function maxSpanBps() external view returns (uint16) {
        return _storage().head.spanAndThreshold >> 4;
    }

    /// @inheritdoc ISignedPriceFeed
    function reporters() external view returns (address[] memory) {
        return _storage().reporters;
    }

    /// @inheritdoc ISignedPriceFeed
    function isReporter(address account) external view returns (bool) {
        return _storage().seats[account] != 0;
    }

    /// @inheritdoc ISignedPriceFeed
    function lastObservedAt(address reporter) external view returns (uint48) {
        SignedPriceFeedStorage storage $ = _storage();
        uint256 seat = $.seats[reporter];
        if (seat == 0) return 0;
        if (seat <= SEATS_IN_HEAD) return uint32($.head.observedAt >> ((seat - 1) * 32));
        return uint32($.moreObservedAt >> ((seat - 1 - SEATS_IN_HEAD) * 32));
    }

    /// @inheritdoc ISignedPriceFeed
    function reportDigest(uint128 price, uint48 observedAt, Session session) external view returns (bytes32) {
        return _digest(_domainSeparator(), _message(_storage().head.version), price, observedAt, session);
    }

    /// @inheritdoc IERC5267
    function eip712Domain()
        external
        view
        returns (bytes1, string memory, string memory, uint256, address, bytes32, uint256[] memory)
    {
        // 0x0f: name, version, chainId, verifyingContract
        return (0x0f, NAME, VERSION, block.chainid, address(this), bytes32(0), new uint256[](0));
    }

    // INTERNAL

    /// @dev Checks every report and remembers its reporter's time, in `head` for the caller to store.
    /// @return oldest observedAt among the reports
    function _take(
        SignedPriceFeedStorage storage $,
        Head memory head,
        SignedReport[] calldata reports
    ) private returns (uint256 oldest) {
        bytes32 domain = _domainSeparator();
        bytes32[6] memory message = _message(head.version);
        uint128 before = 0;
        uint256 seen = 0;
        oldest = type(uint256).max;
        for (uint256 i = 0; i < reports.length; i++) {
            SignedReport calldata report = reports[i];
            if (report.price < before) revert PricesNotAscending(report.price, before);
            if (report.session != reports[0].session) revert SessionsDiffer(report.session, reports[0].session);
            before = report.price;
            if (report.observedAt < oldest) oldest = report.observedAt;
            bytes32 digest = _digest(domain, message, report.price, report.observedAt, report.session);
            seen = _takeOne($, head, report, digest, seen);
        }
    }

    /// @param seen a bit for each seat that has reported in this round
    function _takeOne(
        SignedPriceFeedStorage storage $,
        Head memory head,
        SignedReport calldata report,
        bytes32 digest,
        uint256 seen
    ) private returns (uint256) {
        // A bad signature gives the zero address, which has no seat.
        (address signer, , ) = ECDSA.tryRecover(digest, report.r, report.vs);
        uint256 seat = $.seats[signer];
        if (seat == 0) revert UnknownReporter(signer);
        if (seen & (1 << seat) != 0) revert RepeatedReporter(signer);
        uint48 observedAt = report.observedAt;
        uint48 latest = uint48(block.timestamp + MAX_AHEAD); // times of blocks fit in 48 bits
        uint48 earliest = uint48(block.timestamp - MAX_AGE);
        if (observedAt > latest) revert ReportFromFuture(signer, observedAt, latest);
        if (observedAt < earliest) revert ReportTooOld(signer, observedAt, earliest);
        _renew($, head, signer, seat - 1, observedAt);
        return seen | (1 << seat);
    }

    /// @dev Writes a reporter's time into `head` (which the caller stores), or into the slot of the seats beyond it.
    function _renew(
        SignedPriceFeedStorage storage $,
        Head memory head,
        address reporter,
        uint256 seat,
        uint48 observedAt
    ) private {
        bool inHead = seat < SEATS_IN_HEAD;
        uint256 times = inHead ? head.observedAt : $.moreObservedAt;
        uint256 shift = (inHead ? seat : seat - SEATS_IN_HEAD) * 32;
        uint32 last = uint32(times >> shift);
        if (observedAt <= last) revert ReportReplayed(reporter, observedAt, last);
        times = (times & ~(uint256(type(uint32).max) << shift)) | (uint256(observedAt) << shift);
        if (inHead)
            head.observedAt = uint160(times); // five times of 32 bits
        else $.moreObservedAt = times;
    }

    function _store(
        SignedPriceFeedStorage storage $,
        Head memory head,
        uint96 price,
        Session session,
        uint8 reports
    ) private returns (uint80 roundId) {
        roundId = head.lastRound;
        $.rounds[roundId] = StoredRound(
            price,
            head.updatedAt,
            uint40(block.timestamp), // fits for 34,000 years
            uint48(block.number),
            session,
            reports
        );
        emit RoundAccepted(roundId, price, head.updatedAt, session, reports, _msgSender());
    }

    function _setConfig(
        address[] calldata reporters_,
        uint8 threshold_,
        uint16 maxSpanBps_
    ) private returns (bytes32 id) {
        if (reporters_.length == 0 || reporters_.length > MAX_REPORTERS) revert InvalidReporters(reporters_.length);
        if (threshold_ == 0 || threshold_ > reporters_.length) revert InvalidThreshold(threshold_, reporters_.length);
        if (maxSpanBps_ == 0 || maxSpanBps_ > MAX_SPAN_BPS) revert InvalidSpan(maxSpanBps_);
        SignedPriceFeedStorage storage $ = _storage();
        address[] memory old = $.reporters;
        for (uint256 i = 0; i < old.length; i++) delete $.seats[old[i]];
        for (uint256 i = 0; i < reporters_.length; i++) {
            if (reporters_[i] == address(0) || $.seats[reporters_[i]] != 0) revert InvalidReporter(reporters_[i]);
            $.seats[reporters_[i]] = i + 1;
        }
        $.reporters = reporters_;
        // Reports of the old configuration are void, so no time of it matters any more.
        $.moreObservedAt = 0;
        Head memory head = $.head;
        head.observedAt = 0;
        head.version++;
        head.spanAndThreshold = (maxSpanBps_ << 4) | threshold_;
        $.head = head;
        id = _configId(head.version);
        emit ConfigChanged(id, reporters_, threshold_, maxSpanBps_);
    }

    function _existing(uint256 roundId) private view returns (StoredRound memory stored) {
        stored = _storage().rounds[roundId];
        if (stored.submittedAt == 0) revert NoDataPresent(uint80(roundId)); // came as one, or as 32 bits
    }

    function _roundData(uint256 roundId) private view returns (uint80, int256, uint256, uint256, uint80) {
        StoredRound memory stored = _existing(roundId);
        uint80 id = uint80(roundId); // exists, so it is below 2^32
        return (id, int256(uint256(stored.price)), stored.updatedAt, stored.updatedAt, id);
    }

    function _round(StoredRound memory stored) private pure returns (Round memory) {
        return Round(stored.price, stored.updatedAt, stored.submittedAt, stored.session, stored.reports);
    }

    /// @dev The EIP-712 domain already says which contract on which chain; the version says which set of reporters.
    function _configId(uint16 version_) private pure returns (bytes32) {
        return keccak256(abi.encode(CONFIG_TYPEHASH, version_));
    }

    /// @dev The words of a report's EIP-712 message, those of the report itself still empty.
    function _message(uint16 version_) private view returns (bytes32[6] memory message) {
        message[0] = REPORT_TYPEHASH;
        message[1] = _configId(version_);
        message[2] = feedId;
    }

    function _digest(
        bytes32 domain,
        bytes32[6] memory message,
        uint128 price,
        uint48 observedAt,
        Session session
    ) private pure returns (bytes32) {
        message[3] = bytes32(uint256(price));
        message[4] = bytes32(uint256(observedAt));
        message[5] = bytes32(uint256(session));
        bytes32 structHash;
        assembly ("memory-safe") {
            structHash := keccak256(message, 0xc0) // what abi.encode of the six words gives, without copying them
        }
        return MessageHashUtils.toTypedDataHash(domain, structHash);
    }

    function _domainSeparator() private view returns (bytes32) {
        return keccak256(abi.encode(DOMAIN_TYPEHASH, NAME_HASH, VERSION_HASH, block.chainid, address(this)));
    }
}
