// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {ERC1967Proxy} from "@openzeppelin/contracts/proxy/ERC1967/ERC1967Proxy.sol";
import {Initializable} from "@openzeppelin/contracts/proxy/utils/Initializable.sol";
import {AggregatorV3Interface} from "@chainlink/contracts/src/v0.8/shared/interfaces/AggregatorV3Interface.sol";
import {ISignedPriceFeed} from "../../../contracts/interfaces/ISignedPriceFeed.sol";
import {SignedPriceFeed} from "../../../contracts/price/SignedPriceFeed.sol";
import {PriceTest} from "./PriceTest.sol";

contract SignedPriceFeedUnitTest is PriceTest {
    ISignedPriceFeed.Session internal constant OPEN = ISignedPriceFeed.Session.Open;
    ISignedPriceFeed.Session internal constant CLOSED = ISignedPriceFeed.Session.Closed;
    uint256 internal constant NOW = WEDNESDAY_10_NY;

    function setUp() public {
        deployPrice();
    }

    // --- deployment ---

    function test_startsAsConfigured() public view {
        assertEq(pivot.feedId(), FEED_ID);
        assertEq(pivot.threshold(), 3);
        assertEq(pivot.maxSpanBps(), SPAN_BPS);
        assertEq(pivot.reporters(), reporters);
        assertEq(pivot.decimals(), 8);
        assertEq(pivot.version(), 1);
        assertEq(pivot.description(), "XAU / USD");
        assertEq(pivot.latestRound(), 0);
        assertTrue(pivot.configId() != bytes32(0));
        for (uint256 i = 0; i < 5; i++) assertTrue(pivot.isReporter(reporters[i]));
        assertFalse(pivot.isReporter(anyone));
        assertFalse(pivot.isReporter(address(0)));
    }

    function test_cannotBeInitializedAgain() public {
        vm.expectRevert(Initializable.InvalidInitialization.selector);
        pivot.initialize(address(manager), reporters, 3, SPAN_BPS);
        SignedPriceFeed implementation = new SignedPriceFeed(FEED_ID);
        vm.expectRevert(Initializable.InvalidInitialization.selector);
        implementation.initialize(address(manager), reporters, 3, SPAN_BPS);
    }

    function test_refusesAnAuthorityThatIsNoContract() public {
        address implementation = address(new SignedPriceFeed(FEED_ID));
        bytes memory call = abi.encodeCall(SignedPriceFeed.initialize, (anyone, reporters, 3, SPAN_BPS));
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedInvalidAuthority.selector, anyone));
        new ERC1967Proxy(implementation, call);
    }

    // --- rounds ---

    function test_medianBecomesTheRound() public {
        ISignedPriceFeed.SignedReport[] memory reports = three(4_000e8, 4_001e8, 4_003e8, NOW);
        vm.expectEmit(address(pivot));
        emit ISignedPriceFeed.RoundAccepted(1, 4_001e8, uint48(NOW), OPEN, 3, anyone);
        vm.prank(anyone);
        assertEq(pivot.submit(reports), 1);
        (uint80 roundId, int256 answer, uint256 startedAt, uint256 updatedAt, uint80 answeredInRound) = pivot
            .latestRoundData();
        assertEq(roundId, 1);
        assertEq(answer, 4_001e8);
        assertEq(startedAt, NOW);
        assertEq(updatedAt, NOW);
        assertEq(answeredInRound, 1);
        ISignedPriceFeed.Round memory round = pivot.round(1);
        assertEq(round.price, 4_001e8);
        assertEq(round.updatedAt, NOW);
        assertEq(round.submittedAt, NOW);
        assertEq(uint256(round.session), uint256(OPEN));
        assertEq(round.reports, 3);
    }

    function test_updatedAtIsTheOldestObservation() public {
        ISignedPriceFeed.SignedReport[] memory reports = new ISignedPriceFeed.SignedReport[](3);
        reports[0] = sign(pivot, keys[0], 4_000e8, NOW - 5, OPEN);
        reports[1] = sign(pivot, keys[1], 4_001e8, NOW - 9, OPEN);
        reports[2] = sign(pivot, keys[2], 4_002e8, NOW + 3, OPEN);
        pivot.submit(reports);
        assertEq(pivot.round(1).updatedAt, NOW - 9);
        assertEq(pivot.lastObservedAt(reporters[0]), NOW - 5);
        assertEq(pivot.lastObservedAt(reporters[1]), NOW - 9);
        assertEq(pivot.lastObservedAt(reporters[2]), NOW + 3);
        assertEq(pivot.lastObservedAt(reporters[3]), 0);
        assertEq(pivot.lastObservedAt(anyone), 0);
    }

    function test_allFiveInAnyOrderOfSigners() public {
        ISignedPriceFeed.SignedReport[] memory reports = new ISignedPriceFeed.SignedReport[](5);
        uint256[5] memory order = [uint256(3), 0, 4, 2, 1];
        for (uint256 i = 0; i < 5; i++) reports[i] = sign(pivot, keys[order[i]], 4_000e8 + i * 1e8, NOW, CLOSED);
        pivot.submit(reports);
        assertEq(pivot.round(1).price, 4_002e8);
        assertEq(uint256(pivot.round(1).session), uint256(CLOSED));
        assertEq(pivot.round(1).reports, 5);
        for (uint256 i = 0; i < 5; i++) assertEq(pivot.lastObservedAt(reporters[i]), NOW);
    }

    function test_equalPricesAscend() public {
        pivot.submit(three(4_000e8, 4_000e8, 4_000e8, NOW));
        assertEq(pivot.round(1).price, 4_000e8);
    }

    function test_everyRoundIsKept() public {
        for (uint256 i = 0; i < 20; i++) {
            skip(10);
            submitRound(4_000e8 + i, OPEN);
        }
        assertEq(pivot.latestRound(), 20);
        for (uint80 id = 1; id <= 20; id++) {
            (uint80 roundId, int256 answer, , uint256 updatedAt, uint80 answeredInRound) = pivot.getRoundData(id);
            assertEq(roundId, id);
            assertEq(answeredInRound, id);
            assertEq(uint256(answer), 4_000e8 + id - 1);
            assertEq(updatedAt, NOW + id * 10);
        }
    }

    function test_noDataPresent() public {
        vm.expectRevert(abi.encodeWithSelector(ISignedPriceFeed.NoDataPresent.selector, 0));
        pivot.latestRoundData();
        vm.expectRevert(abi.encodeWithSelector(ISignedPriceFeed.NoDataPresent.selector, 0));
        pivot.getRoundData(0);
        submitRound(4_000e8, OPEN);
        vm.expectRevert(abi.encodeWithSelector(ISignedPriceFeed.NoDataPresent.selector, 2));
        pivot.getRoundData(2);
        vm.expectRevert(abi.encodeWithSelector(ISignedPriceFeed.NoDataPresent.selector, type(uint80).max));
        pivot.getRoundData(type(uint80).max);
        vm.expectRevert(abi.encodeWithSelector(ISignedPriceFeed.NoDataPresent.selector, 0));
        pivot.round(0);
    }

    function test_isReadByAStockConsumer() public {
        submitRound(4_000e8, OPEN);
        AggregatorV3Interface stock = AggregatorV3Interface(address(pivot));
        (, int256 answer, , uint256 updatedAt, ) = stock.latestRoundData();
        assertEq(uint256(answer) * 10 ** (18 - stock.decimals()), 4_000e18);
        assertEq(updatedAt, NOW);
    }

    // --- settled rounds: nobody brings a round and trades on it at once ---

    function test_aRoundSettlesWithTheNextBlock() public {
        assertEq(pivot.settledRound().submittedAt, 0, "none yet");
        submitRound(4_000e8, OPEN);
        assertEq(pivot.settledRound().submittedAt, 0, "the first, in its block");
        vm.roll(vm.getBlockNumber() + 1); // the same second: blocks come every 0.45 s
        assertEq(pivot.settledRound().price, 4_000e8, "settled");
        vm.warp(NOW + 1);
        submitRound(4_010e8, OPEN);
        assertEq(pivot.settledRound().price, 4_000e8, "the second passed over");
        (, int256 answer, , , ) = pivot.latestRoundData();
        assertEq(answer, 4_010e8, "but a stock consumer sees it");
        vm.roll(vm.getBlockNumber() + 1);
        assertEq(pivot.settledRound().price, 4_010e8);
    }

    function test_severalRoundsOfOneBlockAreAllPassedOver() public {
        submitRound(4_000e8, OPEN);
        vm.roll(vm.getBlockNumber() + 1);
        for (uint256 i = 1; i <= 3; i++) pivot.submit(three(4_000e8 + i, 4_000e8 + i, 4_000e8 + i, NOW + i));
        assertEq(pivot.latestRound(), 4);
        assertEq(pivot.settledRound().price, 4_000e8);
        vm.roll(vm.getBlockNumber() + 1);
        assertEq(pivot.settledRound().price, 4_000e8 + 3);
    }

    // --- configuration ---

    function test_onlyTreasurerSetsTheConfig() public {
        expectUnauthorized(guardian);
        vm.prank(guardian);
        pivot.setConfig(reporters, 3, SPAN_BPS);
    }

    function test_setConfig() public {
        pivot.submit(three(4_000e8, 4_000e8, 4_000e8, NOW));
        bytes32 oldId = pivot.configId();
        (address newcomer, ) = makeAddrAndKey("newcomer");
        address[] memory list = new address[](2);
        (list[0], list[1]) = (reporters[4], newcomer);
        vm.expectEmit(false, false, false, false, address(pivot));
        emit ISignedPriceFeed.ConfigChanged(bytes32(0), list, 1, 70);
        vm.prank(treasurer);
        bytes32 newId = pivot.setConfig(list, 1, 70);
        assertEq(newId, pivot.configId());
        assertTrue(newId != oldId);
        assertEq(pivot.reporters(), list);
        assertEq(pivot.threshold(), 1);
        assertEq(pivot.maxSpanBps(), 70);
        assertFalse(pivot.isReporter(reporters[0]));
        assertTrue(pivot.isReporter(reporters[4]));
        assertTrue(pivot.isReporter(newcomer));
        assertEq(pivot.lastObservedAt(reporters[4]), 0);
        assertEq(pivot.latestRound(), 1, "rounds stay");
    }

    function test_sameConfigAgainHasAnotherId() public {
        bytes32 oldId = pivot.configId();
        vm.prank(treasurer);
        assertTrue(pivot.setConfig(reporters, 3, SPAN_BPS) != oldId);
    }

    function test_refusesConfigsThatCannotWork() public {
        vm.startPrank(treasurer);
        address[] memory none = new address[](0);
        vm.expectRevert(abi.encodeWithSelector(ISignedPriceFeed.InvalidReporters.selector, 0));
        pivot.setConfig(none, 1, SPAN_BPS);
        address[] memory many = new address[](14);
        for (uint256 i = 0; i < 14; i++) many[i] = address(uint160(i + 1));
        vm.expectRevert(abi.encodeWithSelector(ISignedPriceFeed.InvalidReporters.selector, 14));
        pivot.setConfig(many, 7, SPAN_BPS);
        vm.expectRevert(abi.encodeWithSelector(ISignedPriceFeed.InvalidThreshold.selector, 0, 5));
        pivot.setConfig(reporters, 0, SPAN_BPS);
        vm.expectRevert(abi.encodeWithSelector(ISignedPriceFeed.InvalidThreshold.selector, 6, 5));
        pivot.setConfig(reporters, 6, SPAN_BPS);
        vm.expectRevert(abi.encodeWithSelector(ISignedPriceFeed.InvalidSpan.selector, 0));
        pivot.setConfig(reporters, 3, 0);
        vm.expectRevert(abi.encodeWithSelector(ISignedPriceFeed.InvalidSpan.selector, 1_001));
        pivot.setConfig(reporters, 3, 1_001);
        address[] memory twice = new address[](2);
        (twice[0], twice[1]) = (anyone, anyone);
        vm.expectRevert(abi.encodeWithSelector(ISignedPriceFeed.InvalidReporter.selector, anyone));
        pivot.setConfig(twice, 1, SPAN_BPS);
        twice[1] = address(0);
        vm.expectRevert(abi.encodeWithSelector(ISignedPriceFeed.InvalidReporter.selector, address(0)));
        pivot.setConfig(twice, 1, SPAN_BPS);
    }

    function test_thirteenReportersAreAllRemembered() public {
        for (uint256 i = 5; i < 13; i++) _newReporter(string.concat("reporter", vm.toString(i)));
        vm.prank(treasurer);
        pivot.setConfig(reporters, 13, SPAN_BPS);
        ISignedPriceFeed.SignedReport[] memory reports = new ISignedPriceFeed.SignedReport[](13);
        for (uint256 i = 0; i < 13; i++) reports[i] = sign(pivot, keys[i], 4_000e8 + i, NOW - 20 + i, OPEN);
        pivot.submit(reports);
        assertEq(pivot.round(1).price, 4_000e8 + 6);
        for (uint256 i = 0; i < 13; i++) assertEq(pivot.lastObservedAt(reporters[i]), NOW - 20 + i);
        // Each is held to its own time, in the head's slot and in the one beyond.
        for (uint256 i = 0; i < 13; i++) reports[i] = sign(pivot, keys[i], 4_000e8 + i, NOW - 20 + 12, OPEN);
        vm.expectRevert(
            abi.encodeWithSelector(ISignedPriceFeed.ReportReplayed.selector, reporters[12], NOW - 8, NOW - 8)
        );
        pivot.submit(reports);
    }

    // --- disabling ---

    function test_onlyGuardianDisables() public {
        expectUnauthorized(treasurer);
        vm.prank(treasurer);
        pivot.disableReporter(reporters[0]);
    }

    function test_disabledReporterIsOut() public {
        ISignedPriceFeed.SignedReport[] memory reports = three(4_000e8, 4_000e8, 4_000e8, NOW);
        vm.expectEmit(address(pivot));
        emit ISignedPriceFeed.ReporterDisabled(reporters[1], guardian);
        vm.prank(guardian);
        pivot.disableReporter(reporters[1]);
        assertFalse(pivot.isReporter(reporters[1]));
        assertEq(pivot.reporters().length, 4);
        assertEq(pivot.threshold(), 3, "the threshold stays");
        vm.expectRevert(abi.encodeWithSelector(ISignedPriceFeed.UnknownReporter.selector, reporters[1]));
        pivot.submit(reports);
        // The others go on, under the same configuration.
        reports[1] = sign(pivot, keys[4], 4_000e8, NOW, OPEN);
        assertEq(pivot.submit(reports), 1);
    }

    function test_belowTheThresholdTheFeedDies() public {
        vm.startPrank(guardian);
        for (uint256 i = 0; i < 3; i++) pivot.disableReporter(reporters[i]);
        vm.stopPrank();
        ISignedPriceFeed.SignedReport[] memory reports = new ISignedPriceFeed.SignedReport[](2);
        reports[0] = sign(pivot, keys[3], 4_000e8, NOW, OPEN);
        reports[1] = sign(pivot, keys[4], 4_000e8, NOW, OPEN);
        vm.expectRevert(abi.encodeWithSelector(ISignedPriceFeed.TooFewReports.selector, 2, 3));
        pivot.submit(reports);
        vm.startPrank(guardian);
        pivot.disableReporter(reporters[3]);
        pivot.disableReporter(reporters[4]);
        assertEq(pivot.reporters().length, 0);
    }

    function test_whoIsNoReporterCannotBeDisabled() public {
        vm.expectRevert(abi.encodeWithSelector(ISignedPriceFeed.UnknownReporter.selector, anyone));
        vm.prank(guardian);
        pivot.disableReporter(anyone);
    }

    function test_disabledReporterComesBackWithANewConfig() public {
        vm.prank(guardian);
        pivot.disableReporter(reporters[2]);
        vm.prank(treasurer);
        pivot.setConfig(reporters, 3, SPAN_BPS);
        pivot.submit(three(4_000e8, 4_000e8, 4_000e8, NOW));
        assertEq(pivot.lastObservedAt(reporters[2]), NOW);
    }

    // --- EIP-712 ---

    function test_digestIsThatOfTheStandard() public view {
        bytes32 domain = keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256("e-Aurum SignedPriceFeed"),
                keccak256("1"),
                block.chainid,
                address(pivot)
            )
        );
        bytes32 message = keccak256(
            abi.encode(
                keccak256("PriceReport(bytes32 configId,bytes32 feedId,uint128 price,uint48 observedAt,uint8 session)"),
                pivot.configId(),
                FEED_ID,
                uint128(4_000e8),
                uint48(NOW),
                uint8(1)
            )
        );
        assertEq(
            pivot.reportDigest(4_000e8, uint48(NOW), CLOSED),
            keccak256(abi.encodePacked("\x19\x01", domain, message))
        );
    }

    function test_tellsItsDomain() public view {
        (
            bytes1 fields,
            string memory name,
            string memory version,
            uint256 chainId,
            address verifying,
            bytes32 salt,
            uint256[] memory extensions
        ) = pivot.eip712Domain();
        assertEq(bytes32(fields), bytes32(bytes1(0x0f)));
        assertEq(name, "e-Aurum SignedPriceFeed");
        assertEq(version, "1");
        assertEq(chainId, block.chainid);
        assertEq(verifying, address(pivot));
        assertEq(salt, bytes32(0));
        assertEq(extensions.length, 0);
    }

    // --- upgrade ---

    function test_onlyUpgraderUpgrades() public {
        address next = address(new SignedPriceFeed(FEED_ID));
        expectUnauthorized(treasurer);
        vm.prank(treasurer);
        pivot.upgradeToAndCall(next, "");
        submitRound(4_000e8, OPEN);
        vm.prank(upgrader);
        pivot.upgradeToAndCall(next, "");
        assertEq(pivot.round(1).price, 4_000e8, "rounds stay");
        assertEq(pivot.reporters(), reporters);
    }

    function test_storageLocationIsErc7201() public view {
        bytes32 location =
            keccak256(abi.encode(uint256(keccak256("eaurum.storage.SignedPriceFeed")) - 1)) & ~bytes32(uint256(0xff));
        // The head's slot: threshold 3 and span 100 bps in the upper 16 bits, version 1 below them.
        uint256 head = uint256(vm.load(address(pivot), location));
        assertEq(head >> 240, (uint256(SPAN_BPS) << 4) | 3);
        assertEq(uint16(head >> 224), 1);
    }
}
