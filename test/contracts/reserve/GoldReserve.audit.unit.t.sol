// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IGoldReserve} from "../../../contracts/interfaces/IGoldReserve.sol";
import {Deploy} from "../lib/Deploy.sol";

/// @title What the auditor signs: attestations of the whole, and corrected weights
contract GoldReserveAuditTest is Deploy {
    uint256 private barId;
    uint40 private constant KILOBAR = 1_000_000;

    function setUp() public {
        deployCore();
        barId = activeBar(KILOBAR);
    }

    function attest(IGoldReserve.Attestation memory attestation, uint64 version) private {
        vm.prank(auditor);
        reserve.attest(attestation, version);
    }

    function propose(uint40 grossWeightMg, uint16 fineness) private {
        vm.prank(custodian);
        reserve.proposeReassay(barId, grossWeightMg, fineness, keccak256("new assay"));
    }

    // --- ATTESTATION ---

    function test_AttestRecordsTheCount() public {
        uint256 other = activeBar(500_000);
        vm.prank(allocator);
        reserve.commit(other, 1);
        IGoldReserve.Attestation memory attestation = currentCount();
        assertEq(attestation.fineWeightMg, 1_500_000, "Active and Committed");
        assertEq(attestation.bars, 2);
        attestation.asOf -= 1 hours;
        vm.expectEmit(address(reserve));
        emit IGoldReserve.ReserveAttested(auditor, attestation.root, 1_500_000, 2, attestation.asOf, attestation.uri);
        attest(attestation, 2);

        IGoldReserve.Attestation memory last = reserve.lastAttestation();
        assertEq(keccak256(abi.encode(last)), keccak256(abi.encode(attestation)));
        (uint256 backedMg, uint48 attestedAt) = reserve.mintBasis();
        assertEq(backedMg, 1_500_000);
        assertEq(attestedAt, attestation.asOf);
    }

    function test_RevertWhen_TheTotalDiffers() public {
        IGoldReserve.Attestation memory attestation = currentCount();
        attestation.fineWeightMg += 1;
        vm.expectRevert(
            abi.encodeWithSelector(IGoldReserve.AttestedTotalMismatch.selector, KILOBAR + 1, uint256(KILOBAR))
        );
        attest(attestation, 1);
    }

    function test_RevertWhen_TheNumberOfBarsDiffers() public {
        IGoldReserve.Attestation memory attestation = currentCount();
        attestation.bars = 2;
        vm.expectRevert(abi.encodeWithSelector(IGoldReserve.AttestedCountMismatch.selector, 2, 1));
        attest(attestation, 1);
    }

    /// @dev The total is the same, the bars are not: an old list is not attested.
    function test_RevertWhen_TheListHasChanged() public {
        IGoldReserve.Attestation memory attestation = currentCount();
        vm.prank(guardian);
        reserve.suspend(barId, "");
        activeBar(KILOBAR);
        vm.expectRevert(abi.encodeWithSelector(IGoldReserve.AttestedListChanged.selector, 1, 3));
        attest(attestation, 1);
        attest(attestation, 3);
    }

    function test_BookingAndCommittingLeaveTheListAlone() public {
        IGoldReserve.Attestation memory attestation = currentCount();
        bookBar(KILOBAR, 10_000);
        vm.startPrank(allocator);
        reserve.commit(barId, 1);
        attestation.asOf = uint48(block.timestamp);
        vm.stopPrank();
        attest(attestation, 1);
    }

    function test_RevertWhen_CountedInTheFuture() public {
        IGoldReserve.Attestation memory attestation = currentCount();
        attestation.asOf += 1;
        vm.expectRevert(abi.encodeWithSelector(IGoldReserve.AttestationTimeInvalid.selector, attestation.asOf, 1));
        attest(attestation, 1);
    }

    function test_RevertWhen_OlderThanTheLast() public {
        attestReserve();
        IGoldReserve.Attestation memory attestation = currentCount();
        uint48 last = attestation.asOf;
        skip(1 days);
        attestation.asOf = last - 1;
        vm.expectRevert(abi.encodeWithSelector(IGoldReserve.AttestationTimeInvalid.selector, last - 1, last));
        attest(attestation, 1);
        attestation.asOf = last;
        attest(attestation, 1);
    }

    function test_RevokeClosesUntilANewCount() public {
        IGoldReserve.Attestation memory attestation = currentCount();
        attestReserve();
        uint48 revokedAt = uint48(block.timestamp);
        vm.expectEmit(address(reserve));
        emit IGoldReserve.AttestationRevoked(auditor, attestation.root);
        vm.prank(auditor);
        reserve.revokeAttestation();
        (, uint48 attestedAt) = reserve.mintBasis();
        assertEq(attestedAt, 0);
        assertEq(reserve.lastAttestation().root, bytes32(0));

        skip(1 days);
        attestation.asOf = revokedAt;
        vm.expectRevert(abi.encodeWithSelector(IGoldReserve.AttestationTimeInvalid.selector, revokedAt, revokedAt + 1));
        attest(attestation, 1);
        attestation.asOf = revokedAt + 1;
        attest(attestation, 1);
    }

    function test_RevertWhen_RevokingNothing() public {
        vm.startPrank(auditor);
        vm.expectRevert(IGoldReserve.NoAttestation.selector);
        reserve.revokeAttestation();
        vm.stopPrank();
        attestReserve();
        vm.startPrank(auditor);
        reserve.revokeAttestation();
        vm.expectRevert(IGoldReserve.NoAttestation.selector);
        reserve.revokeAttestation();
    }

    // --- RE-ASSAY ---

    function test_ReassayTakesTwo() public {
        vm.expectEmit(address(reserve));
        emit IGoldReserve.ReassayProposed(barId, custodian, 1_200_000, 9000, keccak256("new assay"));
        propose(1_200_000, 9000);
        assertEq(reserve.backing(), KILOBAR, "the old weight counts until then");
        IGoldReserve.Reassay memory pending = reserve.reassay(barId);
        assertEq(pending.grossWeightMg, 1_200_000);
        assertEq(pending.fineness, 9000);
        assertEq(pending.proposer, custodian);

        vm.expectEmit(address(reserve));
        emit IGoldReserve.BarReassayed(barId, auditor, KILOBAR, 1_080_000);
        vm.expectEmit(address(reserve));
        emit IGoldReserve.BackingChanged(1_080_000, 0);
        vm.prank(auditor);
        reserve.endorseReassay(barId, 1_080_000);
        IGoldReserve.Bar memory bar = reserve.bar(barId);
        assertEq(bar.grossWeightMg, 1_200_000);
        assertEq(bar.fineness, 9000);
        assertEq(bar.fineWeightMg, 1_080_000);
        assertEq(bar.documentsHash, keccak256("new assay"));
        assertEq(reserve.backing(), 1_080_000);
        assertEq(reserve.listVersion(), 2);
        assertEq(reserve.reassay(barId).proposer, address(0));
    }

    function test_ReassayOfASuspendedBarCountsWhenReinstated() public {
        vm.prank(guardian);
        reserve.suspend(barId, "scale");
        propose(900_000, 10_000);
        uint64 version = reserve.listVersion();
        vm.prank(auditor);
        reserve.endorseReassay(barId, 900_000);
        assertEq(reserve.backing(), 0);
        assertEq(reserve.listVersion(), version);
        vm.prank(treasurer);
        reserve.reinstate(barId);
        assertEq(reserve.backing(), 900_000);
    }

    /// @dev Suspended at the old weight, corrected, withdrawn: nothing is subtracted twice or at another weight.
    function test_WithdrawalEndsAPendingReassay() public {
        propose(900_000, 10_000);
        vm.prank(treasurer);
        reserve.withdraw(barId, "");
        assertEq(reserve.backing(), 0);
        vm.expectRevert(abi.encodeWithSelector(IGoldReserve.NoReassayPending.selector, barId));
        vm.prank(auditor);
        reserve.endorseReassay(barId, 900_000);
    }

    function test_ALaterProposalReplacesTheEarlier() public {
        propose(900_000, 10_000);
        propose(950_000, 10_000);
        vm.expectRevert(
            abi.encodeWithSelector(IGoldReserve.FineWeightMismatch.selector, barId, uint256(900_000), uint256(950_000))
        );
        vm.prank(auditor);
        reserve.endorseReassay(barId, 900_000);
        vm.prank(auditor);
        reserve.endorseReassay(barId, 950_000);
    }

    function test_ABarInDoubtIsNotCommitted() public {
        propose(900_000, 10_000);
        vm.expectRevert(abi.encodeWithSelector(IGoldReserve.ReassayPending.selector, barId));
        vm.prank(allocator);
        reserve.commit(barId, 1);
        vm.expectEmit(address(reserve));
        emit IGoldReserve.ReassayCancelled(barId, custodian);
        vm.prank(custodian);
        reserve.cancelReassay(barId);
        vm.prank(allocator);
        assertEq(reserve.commit(barId, 1), KILOBAR);
    }

    function test_RevertWhen_CommittedBarsAreReassayed() public {
        vm.prank(allocator);
        reserve.commit(barId, 1);
        vm.expectRevert(
            abi.encodeWithSelector(IGoldReserve.WrongBarState.selector, barId, IGoldReserve.BarState.Committed)
        );
        propose(900_000, 10_000);
    }

    function test_RevertWhen_ReassayIsMalformedOrMissing() public {
        vm.expectRevert(abi.encodeWithSelector(IGoldReserve.InvalidWeight.selector, KILOBAR, 10_001));
        propose(KILOBAR, 10_001);
        vm.expectRevert(abi.encodeWithSelector(IGoldReserve.InvalidWeight.selector, 0, 9999));
        propose(0, 9999);
        vm.expectRevert(IGoldReserve.DocumentsMissing.selector);
        vm.prank(custodian);
        reserve.proposeReassay(barId, KILOBAR, 9999, 0);
        vm.expectRevert(abi.encodeWithSelector(IGoldReserve.NoReassayPending.selector, barId));
        vm.prank(custodian);
        reserve.cancelReassay(barId);
        uint256 pending = bookBar(KILOBAR, 10_000);
        vm.expectRevert(
            abi.encodeWithSelector(IGoldReserve.WrongBarState.selector, pending, IGoldReserve.BarState.Pending)
        );
        vm.prank(custodian);
        reserve.proposeReassay(pending, KILOBAR, 9999, "x");
    }
}
