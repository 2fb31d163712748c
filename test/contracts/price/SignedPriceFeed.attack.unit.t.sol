// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IPriceOracle} from "../../../contracts/interfaces/IPriceOracle.sol";
import {ISignedPriceFeed} from "../../../contracts/interfaces/ISignedPriceFeed.sol";
import {SignedPriceFeed} from "../../../contracts/price/SignedPriceFeed.sol";
import {PriceTest} from "./PriceTest.sol";

/// @title What a liar, a thief of reports, or a reporter below the threshold may try with {submit}
contract SignedPriceFeedAttackTest is PriceTest {
    ISignedPriceFeed.Session internal constant OPEN = ISignedPriceFeed.Session.Open;
    ISignedPriceFeed.Session internal constant CLOSED = ISignedPriceFeed.Session.Closed;
    uint256 internal constant NOW = WEDNESDAY_10_NY;
    uint256 internal constant N = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141;

    function setUp() public {
        deployPrice();
    }

    // --- too few, even, none ---

    function test_noReports() public {
        vm.expectRevert(abi.encodeWithSelector(ISignedPriceFeed.TooFewReports.selector, 0, 3));
        pivot.submit(new ISignedPriceFeed.SignedReport[](0));
    }

    function test_belowTheThreshold() public {
        ISignedPriceFeed.SignedReport[] memory reports = _cut(three(4_000e8, 4_000e8, 4_000e8, NOW), 2);
        vm.expectRevert(abi.encodeWithSelector(ISignedPriceFeed.TooFewReports.selector, 2, 3));
        pivot.submit(reports);
    }

    function test_evenNumber() public {
        ISignedPriceFeed.SignedReport[] memory reports = new ISignedPriceFeed.SignedReport[](4);
        for (uint256 i = 0; i < 4; i++) reports[i] = sign(pivot, keys[i], 4_000e8, NOW, OPEN);
        vm.expectRevert(abi.encodeWithSelector(ISignedPriceFeed.EvenReports.selector, 4));
        pivot.submit(reports);
    }

    // --- who signed ---

    function test_oneReporterTwice() public {
        ISignedPriceFeed.SignedReport[] memory reports = three(4_000e8, 4_000e8, 4_000e8, NOW);
        reports[2] = reports[0];
        vm.expectRevert(abi.encodeWithSelector(ISignedPriceFeed.RepeatedReporter.selector, reporters[0]));
        pivot.submit(reports);
    }

    function test_oneReporterTwiceWithAnotherPriceAndTime() public {
        ISignedPriceFeed.SignedReport[] memory reports = three(4_000e8, 4_001e8, 4_002e8, NOW);
        reports[2] = sign(pivot, keys[0], 4_002e8, NOW + 1, OPEN);
        vm.expectRevert(abi.encodeWithSelector(ISignedPriceFeed.RepeatedReporter.selector, reporters[0]));
        pivot.submit(reports);
    }

    function test_aStranger() public {
        (address stranger, uint256 key) = makeAddrAndKey("stranger");
        ISignedPriceFeed.SignedReport[] memory reports = three(4_000e8, 4_000e8, 4_000e8, NOW);
        reports[1] = sign(pivot, key, 4_000e8, NOW, OPEN);
        vm.expectRevert(abi.encodeWithSelector(ISignedPriceFeed.UnknownReporter.selector, stranger));
        pivot.submit(reports);
    }

    function test_aSignatureThatRecoversNobody() public {
        ISignedPriceFeed.SignedReport[] memory reports = three(4_000e8, 4_000e8, 4_000e8, NOW);
        reports[1].r = bytes32(0);
        vm.expectRevert(abi.encodeWithSelector(ISignedPriceFeed.UnknownReporter.selector, address(0)));
        pivot.submit(reports);
    }

    function test_malleatedSignature() public {
        ISignedPriceFeed.SignedReport[] memory reports = three(4_000e8, 4_000e8, 4_000e8, NOW);
        uint256 vs = uint256(reports[1].vs);
        uint256 s = vs & (2 ** 255 - 1);
        // The other point of the same r: s' = N - s with the parity flipped recovers the same address, if it is let in.
        // EIP-2098 has no bit for a high s, so N - s (above 2^255 for nearly every s) can't even be written down; where it
        // can, it must be refused.
        reports[1].vs = bytes32((N - s) ^ ((vs >> 255 == 0 ? 1 : 0) << 255));
        vm.expectPartialRevert(ISignedPriceFeed.UnknownReporter.selector);
        pivot.submit(reports);
    }

    function test_highSThatFitsIsRefused() public {
        ISignedPriceFeed.SignedReport[] memory reports = three(4_000e8, 4_000e8, 4_000e8, NOW);
        // Just above half the order, and below 2^255.
        reports[1].vs = bytes32(uint256(0x7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF5D576E7357A4501DDFE92F46681B20A1));
        vm.expectRevert(abi.encodeWithSelector(ISignedPriceFeed.UnknownReporter.selector, address(0)));
        pivot.submit(reports);
    }

    function test_changedAfterSigning() public {
        ISignedPriceFeed.SignedReport[] memory reports = three(4_000e8, 4_000e8, 4_000e8, NOW);
        reports[2].price = 4_001e8;
        _expectStrangerRefused(pivot, reports);
        reports = three(4_000e8, 4_000e8, 4_000e8, NOW);
        reports[2].observedAt = uint48(NOW + 1);
        _expectStrangerRefused(pivot, reports);
        reports = three(4_000e8, 4_000e8, 4_000e8, NOW);
        for (uint256 i = 0; i < 3; i++) reports[i].session = CLOSED;
        _expectStrangerRefused(pivot, reports);
    }

    // --- replay ---

    function test_replayOfARound() public {
        ISignedPriceFeed.SignedReport[] memory reports = three(4_000e8, 4_000e8, 4_000e8, NOW);
        pivot.submit(reports);
        vm.expectRevert(abi.encodeWithSelector(ISignedPriceFeed.ReportReplayed.selector, reporters[0], NOW, NOW));
        pivot.submit(reports);
    }

    function test_replayOfOneReportAmongFreshOnes() public {
        ISignedPriceFeed.SignedReport[] memory old = three(4_000e8, 4_000e8, 4_000e8, NOW);
        pivot.submit(old);
        ISignedPriceFeed.SignedReport[] memory reports = three(4_000e8, 4_000e8, 4_000e8, NOW + 1);
        reports[1] = old[1];
        vm.expectRevert(abi.encodeWithSelector(ISignedPriceFeed.ReportReplayed.selector, reporters[1], NOW, NOW));
        pivot.submit(reports);
    }

    function test_olderReportOfAReporterThatReportedSince() public {
        ISignedPriceFeed.SignedReport[] memory older = three(4_000e8, 4_000e8, 4_000e8, NOW - 10);
        pivot.submit(three(4_000e8, 4_000e8, 4_000e8, NOW));
        vm.expectRevert(abi.encodeWithSelector(ISignedPriceFeed.ReportReplayed.selector, reporters[0], NOW - 10, NOW));
        pivot.submit(older);
    }

    function test_replayOnAnotherChain() public {
        ISignedPriceFeed.SignedReport[] memory reports = three(4_000e8, 4_000e8, 4_000e8, NOW);
        vm.chainId(97);
        _expectStrangerRefused(pivot, reports);
    }

    function test_replayOnAnotherContract() public {
        SignedPriceFeed other = deployFeed(FEED_ID, reporters, 3, SPAN_BPS);
        assertEq(other.configId(), pivot.configId(), "only the address differs");
        _expectStrangerRefused(other, three(4_000e8, 4_000e8, 4_000e8, NOW));
    }

    function test_replayOfAnotherFeed() public {
        ISignedPriceFeed.SignedReport[] memory reports = three(4_000e8, 4_000e8, 4_000e8, NOW);
        // The same proxy address with another feed id: what an upgrade could do.
        address silver = address(new SignedPriceFeed(keccak256("XAG/USD")));
        vm.prank(upgrader);
        pivot.upgradeToAndCall(silver, "");
        _expectStrangerRefused(pivot, reports);
    }

    function test_replayAfterANewConfig() public {
        ISignedPriceFeed.SignedReport[] memory reports = three(4_000e8, 4_000e8, 4_000e8, NOW);
        vm.prank(treasurer);
        pivot.setConfig(reporters, 3, SPAN_BPS);
        _expectStrangerRefused(pivot, reports);
    }

    // --- times ---

    function test_reportFromTheFuture() public {
        ISignedPriceFeed.SignedReport[] memory reports = three(4_000e8, 4_000e8, 4_000e8, NOW);
        reports[1] = sign(pivot, keys[1], 4_000e8, NOW + 4, OPEN);
        vm.expectRevert(
            abi.encodeWithSelector(ISignedPriceFeed.ReportFromFuture.selector, reporters[1], NOW + 4, NOW + 3)
        );
        pivot.submit(reports);
    }

    function test_reportTooOld() public {
        ISignedPriceFeed.SignedReport[] memory reports = three(4_000e8, 4_000e8, 4_000e8, NOW);
        reports[1] = sign(pivot, keys[1], 4_000e8, NOW - 121, OPEN);
        vm.expectRevert(
            abi.encodeWithSelector(ISignedPriceFeed.ReportTooOld.selector, reporters[1], NOW - 121, NOW - 120)
        );
        pivot.submit(reports);
        reports[1] = sign(pivot, keys[1], 4_000e8, NOW - 120, OPEN);
        pivot.submit(reports);
        assertEq(pivot.round(1).updatedAt, NOW - 120);
    }

    function test_timeBeyond32Bits() public {
        ISignedPriceFeed.SignedReport[] memory reports = three(4_000e8, 4_000e8, 4_000e8, NOW);
        uint256 wrapped = NOW + 2 ** 32; // would be now if it were cut to 32 bits
        reports[1] = sign(pivot, keys[1], 4_000e8, wrapped, OPEN);
        vm.expectRevert(
            abi.encodeWithSelector(ISignedPriceFeed.ReportFromFuture.selector, reporters[1], wrapped, NOW + 3)
        );
        pivot.submit(reports);
    }

    function test_updatedAtNeverGoesBack() public {
        pivot.submit(three(4_000e8, 4_000e8, 4_000e8, NOW));
        // Reporters 3 and 4 have not reported yet: their reports are new, but older than the round.
        ISignedPriceFeed.SignedReport[] memory reports = new ISignedPriceFeed.SignedReport[](3);
        reports[0] = sign(pivot, keys[0], 4_000e8, NOW + 1, OPEN);
        reports[1] = sign(pivot, keys[3], 4_000e8, NOW - 1, OPEN);
        reports[2] = sign(pivot, keys[4], 4_000e8, NOW + 1, OPEN);
        vm.expectRevert(abi.encodeWithSelector(ISignedPriceFeed.RoundOlder.selector, NOW - 1, NOW));
        pivot.submit(reports);
        reports[1] = sign(pivot, keys[3], 4_000e8, NOW, OPEN);
        assertEq(pivot.submit(reports), 2);
    }

    function test_updatedAtNeverGoesBackOverANewConfig() public {
        pivot.submit(three(4_000e8, 4_000e8, 4_000e8, NOW));
        vm.prank(treasurer);
        pivot.setConfig(reporters, 3, SPAN_BPS);
        ISignedPriceFeed.SignedReport[] memory reports = three(4_000e8, 4_000e8, 4_000e8, NOW - 1);
        vm.expectRevert(abi.encodeWithSelector(ISignedPriceFeed.RoundOlder.selector, NOW - 1, NOW));
        pivot.submit(reports);
    }

    // --- many rounds at once ---

    /// @dev Reports of two minutes, kept back and brought in one block: PIVOT must not look dead, nor show any of them.
    function test_aFloodOfRoundsInOneBlock() public {
        pivot.submit(three(4_000e8, 4_000e8, 4_000e8, NOW - 120));
        vm.roll(vm.getBlockNumber() + 1);
        for (uint256 i = 1; i <= 123; i++) {
            pivot.submit(three(4_020e8, 4_020e8, 4_020e8, NOW - 120 + i));
        }
        uint256 before = gasleft();
        assertEq(pivot.settledRound().price, 4_000e8, "the last one from before");
        assertLt(before - gasleft(), 100_000); // the oracle gives 200,000
        assertEq(oracle.feedStatus(IPriceOracle.Source.Pivot).usdPerGram, perGram(usd(4_000)));
        assertTrue(oracle.feedStatus(IPriceOracle.Source.Pivot).live, "live");
        vm.roll(vm.getBlockNumber() + 1);
        assertEq(pivot.settledRound().price, 4_020e8);
    }

    // --- prices ---

    function test_unsortedPrices() public {
        ISignedPriceFeed.SignedReport[] memory reports = three(4_000e8, 4_002e8, 4_001e8, NOW);
        vm.expectRevert(abi.encodeWithSelector(ISignedPriceFeed.PricesNotAscending.selector, 4_001e8, 4_002e8));
        pivot.submit(reports);
        reports = three(4_002e8, 4_000e8, 4_001e8, NOW);
        vm.expectRevert(abi.encodeWithSelector(ISignedPriceFeed.PricesNotAscending.selector, 4_000e8, 4_002e8));
        pivot.submit(reports);
    }

    function test_zeroPrice() public {
        ISignedPriceFeed.SignedReport[] memory reports = three(0, 4_000e8, 4_000e8, NOW);
        vm.expectRevert(ISignedPriceFeed.PriceZero.selector);
        pivot.submit(reports);
    }

    function test_priceBeyondTheRoundsWidth() public {
        uint256 huge = uint256(type(uint96).max) + 1;
        ISignedPriceFeed.SignedReport[] memory reports = three(huge, huge, huge, NOW);
        vm.expectRevert(abi.encodeWithSelector(ISignedPriceFeed.PriceTooLarge.selector, huge));
        pivot.submit(reports);
        huge--;
        pivot.submit(three(huge, huge, huge, NOW));
        assertEq(pivot.round(1).price, huge);
    }

    function test_mixedSessions() public {
        ISignedPriceFeed.SignedReport[] memory reports = three(4_000e8, 4_000e8, 4_000e8, NOW);
        reports[2] = sign(pivot, keys[2], 4_000e8, NOW, CLOSED);
        vm.expectRevert(abi.encodeWithSelector(ISignedPriceFeed.SessionsDiffer.selector, CLOSED, OPEN));
        pivot.submit(reports);
    }

    function test_spanIsBounded() public {
        ISignedPriceFeed.SignedReport[] memory reports = three(4_000e8, 4_000e8, 4_040e8 + 1, NOW);
        vm.expectRevert(abi.encodeWithSelector(ISignedPriceFeed.SpanTooWide.selector, 4_000e8, 4_040e8 + 1, SPAN_BPS));
        pivot.submit(reports);
        pivot.submit(three(4_000e8, 4_000e8, 4_040e8, NOW));
        assertEq(pivot.round(1).price, 4_000e8);
    }

    function test_twoLiarsOfThreeStayWithinTheSpanOfTheHonestOne() public {
        pivot.submit(three(4_000e8, 4_040e8, 4_040e8, NOW)); // 0 is honest, 1 and 2 lie as far as they can
        assertEq(pivot.round(1).price, 4_040e8);
        ISignedPriceFeed.SignedReport[] memory reports = three(4_000e8, 4_041e8, 4_041e8, NOW + 1);
        vm.expectRevert(abi.encodeWithSelector(ISignedPriceFeed.SpanTooWide.selector, 4_000e8, 4_041e8, SPAN_BPS));
        pivot.submit(reports);
    }

    // --- helpers ---

    /// @dev Another digest recovers some other address: nobody's.
    function _expectStrangerRefused(SignedPriceFeed feed_, ISignedPriceFeed.SignedReport[] memory reports) private {
        vm.expectPartialRevert(ISignedPriceFeed.UnknownReporter.selector);
        feed_.submit(reports);
    }

    function _cut(
        ISignedPriceFeed.SignedReport[] memory reports,
        uint256 length
    ) private pure returns (ISignedPriceFeed.SignedReport[] memory cut) {
        cut = new ISignedPriceFeed.SignedReport[](length);
        for (uint256 i = 0; i < length; i++) cut[i] = reports[i];
    }
}
