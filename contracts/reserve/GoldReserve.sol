// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessManagedUpgradeable} from "@openzeppelin/contracts-upgradeable/access/manager/AccessManagedUpgradeable.sol";
import {UUPSUpgradeable} from "@openzeppelin/contracts-upgradeable/proxy/utils/UUPSUpgradeable.sol";
import {IGoldReserve} from "../interfaces/IGoldReserve.sol";
import {BarLedger} from "./BarLedger.sol";

/// @title GoldReserve
/// @notice B, the fine weight of the Active bars, and C, of the Committed ones, change with the states and nowhere else:
/// endorse B + w, suspend B - w, reinstate B + w, withdraw an Active bar B - w, commit B - w and C + w, release C - w and B + w,
/// deliver and lose C - w, a re-assay of an Active bar B - old + new.
///
/// CUSTODIAN books, cancels, proposes re-assays; AUDITOR endorses and attests; GUARDIAN suspends at once; TREASURER reinstates and
/// withdraws, after its delay; BAR_ALLOCATOR (the redemption desk) commits, releases, delivers and loses.
contract GoldReserve is BarLedger, AccessManagedUpgradeable, UUPSUpgradeable {
    // --- CONSTRUCTOR ---

    /// @custom:oz-upgrades-unsafe-allow constructor
    constructor() {
        _disableInitializers();
    }

    /// @param authority the AccessManager
    function initialize(address authority) external initializer {
        __AccessManaged_init(authority);
        __ERC721_init("e-Aurum Bar", "EAUBAR");
    }

    function _authorizeUpgrade(address) internal override restricted {}

    // --- MODIFIERS ---

    /// @dev Two accounts behind the manager's `execute` look like one and the same caller, so it is refused.
    modifier inPerson() {
        if (_msgSender() == authority()) revert NotInPerson();
        _;
    }

    // --- CUSTODIAN ---

    /// @inheritdoc IGoldReserve
    function book(BarInput calldata input) external restricted inPerson returns (uint256 barId) {
        return _book(input);
    }

    /// @inheritdoc IGoldReserve
    function bookMany(BarInput[] calldata inputs) external restricted inPerson returns (uint256[] memory barIds) {
        barIds = new uint256[](inputs.length);
        for (uint256 i = 0; i < inputs.length; ++i) barIds[i] = _book(inputs[i]);
    }

    /// @inheritdoc IGoldReserve
    function cancel(uint256 barId) external restricted {
        _barIn(barId, BarState.Pending).state = BarState.Cancelled;
        emit BarCancelled(barId, _msgSender());
    }

    /// @inheritdoc IGoldReserve
    function proposeReassay(
        uint256 barId,
        uint40 grossWeightMg,
        uint16 fineness,
        bytes32 documentsHash
    ) external restricted inPerson {
        GoldReserveStorage storage $ = _storage();
        BarState state = $.bars[barId].state;
        if (state != BarState.Active && state != BarState.Suspended) revert WrongBarState(barId, state);
        _checkWeight(grossWeightMg, fineness);
        if (documentsHash == 0) revert DocumentsMissing();
        $.reassays[barId] = Reassay(grossWeightMg, fineness, _msgSender(), documentsHash);
        emit ReassayProposed(barId, _msgSender(), grossWeightMg, fineness, documentsHash);
    }

    /// @inheritdoc IGoldReserve
    function cancelReassay(uint256 barId) external restricted {
        if (!_isReassayPending(barId)) revert NoReassayPending(barId);
        delete _storage().reassays[barId];
        emit ReassayCancelled(barId, _msgSender());
    }

    // --- AUDITOR ---

    /// @inheritdoc IGoldReserve
    function endorse(uint256 barId, uint256 fineWeightMg) external restricted inPerson {
        Totals memory totals = _storage().totals;
        _endorse(totals, barId, fineWeightMg);
        _setTotals(totals);
    }

    /// @inheritdoc IGoldReserve
    function endorseMany(uint256[] calldata barIds, uint256[] calldata fineWeightsMg) external restricted inPerson {
        if (barIds.length != fineWeightsMg.length) revert LengthMismatch(barIds.length, fineWeightsMg.length);
        Totals memory totals = _storage().totals;
        for (uint256 i = 0; i < barIds.length; ++i) _endorse(totals, barIds[i], fineWeightsMg[i]);
        _setTotals(totals);
    }

    /// @inheritdoc IGoldReserve
    function endorseReassay(uint256 barId, uint256 newFineWeightMg) external restricted inPerson {
        GoldReserveStorage storage $ = _storage();
        if (!_isReassayPending(barId)) revert NoReassayPending(barId);
        Reassay memory proposed = $.reassays[barId];
        if (proposed.proposer == _msgSender()) revert EndorserIsBooker(barId, proposed.proposer);
        uint64 newMg = _fineWeight(proposed.grossWeightMg, proposed.fineness);
        if (newMg != newFineWeightMg) revert FineWeightMismatch(barId, newFineWeightMg, newMg);

        BarRecord storage record = $.bars[barId];
        uint64 oldMg = _fineWeightOf(record);
        record.grossWeightMg = proposed.grossWeightMg;
        record.fineness = proposed.fineness;
        record.documentsHash = proposed.documentsHash;
        delete $.reassays[barId];
        emit BarReassayed(barId, _msgSender(), oldMg, newMg);

        // A Suspended bar counts for nothing, so its weight changes nothing until it is reinstated.
        if (record.state == BarState.Active) {
            Totals memory totals = $.totals;
            totals.backingMg = totals.backingMg - oldMg + newMg;
            ++totals.listVersion;
            _setTotals(totals);
        }
    }

    /// @inheritdoc IGoldReserve
    function attest(Attestation calldata attestation, uint64 asOfVersion) external restricted inPerson {
        GoldReserveStorage storage $ = _storage();
        Totals memory totals = $.totals;
        uint256 recordedMg = uint256(totals.backingMg) + totals.committedMg;
        if (asOfVersion != totals.listVersion) revert AttestedListChanged(asOfVersion, totals.listVersion);
        if (attestation.fineWeightMg != recordedMg) {
            revert AttestedTotalMismatch(attestation.fineWeightMg, recordedMg);
        }
        if (attestation.bars != totals.bars) revert AttestedCountMismatch(attestation.bars, totals.bars);
        // A count made in the second of a revocation may have been made before it.
        uint48 revokedAt = $.attestationRevokedAt;
        uint48 notBefore = revokedAt >= totals.attestedAt ? revokedAt + 1 : totals.attestedAt;
        if (attestation.asOf < notBefore || attestation.asOf > block.timestamp) {
            revert AttestationTimeInvalid(attestation.asOf, notBefore);
        }
        $.attestation = attestation;
        $.totals.attestedAt = attestation.asOf;
        emit ReserveAttested(
            _msgSender(),
            attestation.root,
            attestation.fineWeightMg,
            attestation.bars,
            attestation.asOf,
            attestation.uri
        );
    }

    /// @inheritdoc IGoldReserve
    function revokeAttestation() external restricted {
        GoldReserveStorage storage $ = _storage();
        if ($.totals.attestedAt == 0) revert NoAttestation();
        bytes32 root = $.attestation.root;
        delete $.attestation;
        $.totals.attestedAt = 0;
        $.attestationRevokedAt = uint48(block.timestamp);
        emit AttestationRevoked(_msgSender(), root);
    }

    // --- GUARDIAN, TREASURER ---

    /// @inheritdoc IGoldReserve
    function suspend(uint256 barId, string calldata reason) external restricted {
        BarRecord storage record = _barIn(barId, BarState.Active);
        record.state = BarState.Suspended;
        emit BarSuspended(barId, _msgSender(), reason);
        _dropActive(_fineWeightOf(record));
    }

    /// @inheritdoc IGoldReserve
    function reinstate(uint256 barId) external restricted {
        BarRecord storage record = _barIn(barId, BarState.Suspended);
        record.state = BarState.Active;
        emit BarReinstated(barId, _msgSender());
        Totals memory totals = _storage().totals;
        _addActive(totals, _fineWeightOf(record));
        _setTotals(totals);
    }

    /// @inheritdoc IGoldReserve
    function withdraw(uint256 barId, string calldata reason) external restricted {
        GoldReserveStorage storage $ = _storage();
        BarRecord storage record = $.bars[barId];
        BarState state = record.state;
        if (state != BarState.Active && state != BarState.Suspended) revert WrongBarState(barId, state);
        _burn(barId);
        record.state = BarState.Cancelled;
        delete $.reassays[barId];
        emit BarWithdrawn(barId, _msgSender(), reason);
        if (state == BarState.Active) _dropActive(_fineWeightOf(record));
    }

    // --- BAR_ALLOCATOR ---

    /// @inheritdoc IGoldReserve
    function commit(uint256 barId, uint256 redemptionId) external restricted returns (uint256 fineWeightMg) {
        if (redemptionId > type(uint32).max) revert RedemptionIdTooLarge(redemptionId);
        BarRecord storage record = _barIn(barId, BarState.Active);
        if (_isReassayPending(barId)) revert ReassayPending(barId);
        record.state = BarState.Committed;
        record.redemptionId = uint32(redemptionId);
        emit BarCommitted(barId, redemptionId);
        uint64 weightMg = _fineWeightOf(record);
        Totals memory totals = _storage().totals;
        totals.backingMg -= weightMg;
        totals.committedMg += weightMg;
        _setTotals(totals);
        return weightMg;
    }

    /// @inheritdoc IGoldReserve
    function release(uint256 barId, uint256 redemptionId) external restricted {
        BarRecord storage record = _committedBar(barId, redemptionId);
        record.state = BarState.Active;
        record.redemptionId = 0;
        emit BarReleased(barId, redemptionId);
        uint64 weightMg = _fineWeightOf(record);
        Totals memory totals = _storage().totals;
        totals.committedMg -= weightMg;
        totals.backingMg += weightMg;
        _setTotals(totals);
    }

    /// @inheritdoc IGoldReserve
    function deliver(uint256 barId, uint256 redemptionId, address to) external restricted {
        BarRecord storage record = _committedBar(barId, redemptionId);
        // While the bar is Committed the reserve is its owner. Not the safe form: a recipient cannot refuse.
        _transfer(address(this), to, barId);
        record.state = BarState.Delivered;
        emit BarDelivered(barId, redemptionId, to);
        _dropCommitted(_fineWeightOf(record));
    }

    /// @inheritdoc IGoldReserve
    function lose(uint256 barId, uint256 redemptionId) external restricted {
        BarRecord storage record = _committedBar(barId, redemptionId);
        _burn(barId);
        record.state = BarState.Lost;
        emit BarLost(barId, redemptionId);
        _dropCommitted(_fineWeightOf(record));
    }

    // --- VIEWS ---

    /// @inheritdoc IGoldReserve
    function fineWeightOf(uint40 grossWeightMg, uint16 fineness) external pure returns (uint256 fineWeightMg) {
        return _fineWeight(grossWeightMg, fineness);
    }

    /// @inheritdoc IGoldReserve
    function bar(uint256 barId) public view returns (Bar memory) {
        BarRecord memory record = _storage().bars[barId];
        return
            Bar({
                refiner: record.refiner,
                serial: record.serial,
                year: record.year,
                grossWeightMg: record.grossWeightMg,
                fineness: record.fineness,
                // The product of 40 and 16 bits over 10,000 with a fineness of at most that is no more than the gross weight.
                fineWeightMg: uint40(_fineWeight(record.grossWeightMg, record.fineness)),
                vault: record.vault,
                state: record.state,
                documentsHash: record.documentsHash
            });
    }

    /// @inheritdoc IGoldReserve
    function barCount() external view returns (uint256) {
        return _storage().barIds.length;
    }

    /// @inheritdoc IGoldReserve
    function barsPage(
        uint256 offset,
        uint256 limit
    ) external view returns (uint256[] memory barIds, Bar[] memory bars) {
        uint256[] storage all = _storage().barIds;
        uint256 left = offset < all.length ? all.length - offset : 0;
        uint256 size = limit < left ? limit : left;
        barIds = new uint256[](size);
        bars = new Bar[](size);
        for (uint256 i = 0; i < size; ++i) {
            barIds[i] = all[offset + i];
            bars[i] = bar(barIds[i]);
        }
    }

    /// @inheritdoc IGoldReserve
    function backing() external view returns (uint256 fineWeightMg) {
        return _storage().totals.backingMg;
    }

    /// @inheritdoc IGoldReserve
    function committed() external view returns (uint256 fineWeightMg) {
        return _storage().totals.committedMg;
    }

    /// @inheritdoc IGoldReserve
    function backingBars() external view returns (uint256) {
        return _storage().totals.bars;
    }

    /// @inheritdoc IGoldReserve
    function mintBasis() external view returns (uint256 backedMg, uint48 attestedAt) {
        Totals memory totals = _storage().totals;
        return (uint256(totals.backingMg) + totals.committedMg, totals.attestedAt);
    }

    /// @inheritdoc IGoldReserve
    function listVersion() external view returns (uint64) {
        return _storage().totals.listVersion;
    }

    /// @inheritdoc IGoldReserve
    function lastAttestation() external view returns (Attestation memory) {
        return _storage().attestation;
    }

    /// @inheritdoc IGoldReserve
    function reassay(uint256 barId) external view returns (Reassay memory barReassay) {
        return _storage().reassays[barId];
    }

    /// @inheritdoc IGoldReserve
    function redemptionOf(uint256 barId) external view returns (uint256 redemptionId) {
        return _storage().bars[barId].redemptionId;
    }
}
