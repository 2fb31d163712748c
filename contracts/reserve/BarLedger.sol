// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ERC721Upgradeable} from "@openzeppelin/contracts-upgradeable/token/ERC721/ERC721Upgradeable.sol";
import {IGoldReserve} from "../interfaces/IGoldReserve.sol";
import {BarCodes} from "./BarCodes.sol";

/// @title The reserve's books: bars, totals, and whose certificate it is
/// @dev What is here moves bars and totals together and asks no role; {GoldReserve} asks.
abstract contract BarLedger is ERC721Upgradeable, IGoldReserve {
    // --- STORAGE ---

    /// @dev The first seven fields and the marks fill one slot. The fine weight is computed: it cannot disagree.
    /// @param bookedBy the low bits of the account that booked the bar: enough to refuse it as endorser, and no account can make
    /// itself look different; that an honest endorser is refused by chance has odds of one in 2^40
    struct BarRecord {
        bytes8 refiner;
        bytes4 vault;
        uint16 year;
        uint16 fineness;
        uint40 grossWeightMg;
        BarState state;
        uint40 bookedBy;
        uint32 redemptionId;
        bytes32 serial;
        bytes32 documentsHash;
    }

    /// @dev One slot: everything that a mint asks, and all that a change of state updates.
    /// @param backingMg B, mg; 2^64 mg is more gold than there is
    /// @param committedMg C, mg
    /// @param attestedAt when the attestation in force was counted, unix seconds (0: none)
    /// @param listVersion rises with every change of the list of Active and Committed bars
    /// @param bars number of Active and Committed bars
    struct Totals {
        uint64 backingMg;
        uint64 committedMg;
        uint48 attestedAt;
        uint48 listVersion;
        uint32 bars;
    }

    /// @custom:storage-location erc7201:eaurum.storage.GoldReserve
    struct GoldReserveStorage {
        Totals totals;
        mapping(uint256 barId => BarRecord) bars;
        uint256[] barIds;
        mapping(uint256 barId => Reassay) reassays;
        Attestation attestation;
        uint48 attestationRevokedAt;
    }

    /// @dev keccak256(abi.encode(uint256(keccak256("eaurum.storage.GoldReserve")) - 1)) & ~bytes32(uint256(0xff))
    bytes32 private constant STORAGE_LOCATION = 0x7565e01554b82359fae0d2d79f006a80186eba5f77359243a27da18a21b77400;

    function _storage() internal pure returns (GoldReserveStorage storage $) {
        assembly {
            $.slot := STORAGE_LOCATION
        }
    }

    // --- BARS ---

    /// @inheritdoc IGoldReserve
    function barIdOf(bytes8 refiner, bytes32 serial, uint16 year) public pure returns (uint256 barId) {
        return uint256(keccak256(abi.encode(refiner, serial, year)));
    }

    function _book(BarInput calldata input) internal returns (uint256 barId) {
        GoldReserveStorage storage $ = _storage();
        BarCodes.check(input.refiner);
        BarCodes.check(input.serial);
        BarCodes.check(input.vault);
        _checkWeight(input.grossWeightMg, input.fineness);
        if (input.documentsHash == 0) revert DocumentsMissing();

        barId = barIdOf(input.refiner, input.serial, input.year);
        BarState known = $.bars[barId].state;
        // A cancelled booking may be made again, corrected; it needs the auditor again.
        if (known != BarState.None && known != BarState.Cancelled) revert BarAlreadyBooked(barId, known);
        if (known == BarState.None) $.barIds.push(barId);

        $.bars[barId] = BarRecord({
            refiner: input.refiner,
            vault: input.vault,
            year: input.year,
            fineness: input.fineness,
            grossWeightMg: input.grossWeightMg,
            state: BarState.Pending,
            bookedBy: _mark(_msgSender()),
            redemptionId: 0,
            serial: input.serial,
            documentsHash: input.documentsHash
        });
        emit BarBooked(barId, _msgSender(), input, _fineWeight(input.grossWeightMg, input.fineness));
    }

    /// @dev Changes `totals` in memory; the caller writes them once.
    function _endorse(Totals memory totals, uint256 barId, uint256 fineWeightMg) internal {
        BarRecord storage record = _barIn(barId, BarState.Pending);
        if (record.bookedBy == _mark(_msgSender())) revert EndorserIsBooker(barId, _msgSender());
        uint64 weightMg = _fineWeightOf(record);
        if (weightMg != fineWeightMg) revert FineWeightMismatch(barId, fineWeightMg, weightMg);
        record.state = BarState.Active;
        // The certificate comes into being: {_ownerOf} says from now on that it is the reserve's.
        _increaseBalance(address(this), 1);
        emit Transfer(address(0), address(this), barId);
        emit BarEndorsed(barId, _msgSender(), weightMg);
        _addActive(totals, weightMg);
    }

    function _addActive(Totals memory totals, uint64 weightMg) internal pure {
        totals.backingMg += weightMg;
        ++totals.bars;
        ++totals.listVersion;
    }

    function _dropActive(uint64 weightMg) internal {
        Totals memory totals = _storage().totals;
        totals.backingMg -= weightMg;
        --totals.bars;
        ++totals.listVersion;
        _setTotals(totals);
    }

    function _dropCommitted(uint64 weightMg) internal {
        Totals memory totals = _storage().totals;
        totals.committedMg -= weightMg;
        --totals.bars;
        ++totals.listVersion;
        _setTotals(totals);
    }

    function _setTotals(Totals memory totals) internal {
        _storage().totals = totals;
        emit BackingChanged(totals.backingMg, totals.committedMg);
    }

    function _barIn(uint256 barId, BarState wanted) internal view returns (BarRecord storage record) {
        record = _storage().bars[barId];
        if (record.state != wanted) revert WrongBarState(barId, record.state);
    }

    function _committedBar(uint256 barId, uint256 redemptionId) internal view returns (BarRecord storage record) {
        record = _barIn(barId, BarState.Committed);
        if (record.redemptionId != redemptionId) revert WrongRedemption(barId, redemptionId, record.redemptionId);
    }

    function _isReassayPending(uint256 barId) internal view returns (bool) {
        return _storage().reassays[barId].proposer != address(0);
    }

    /// @dev An endorsed bar that was not delivered is the reserve's own, without an entry in the table of owners: the state says
    /// it. Nobody can be approved for it, since only the reserve could approve.
    function _ownerOf(uint256 barId) internal view override returns (address) {
        BarState state = _storage().bars[barId].state;
        if (state == BarState.Active || state == BarState.Suspended || state == BarState.Committed) {
            return address(this);
        }
        return super._ownerOf(barId);
    }

    function _checkWeight(uint40 grossWeightMg, uint16 fineness) internal pure {
        if (fineness > 10_000 || _fineWeight(grossWeightMg, fineness) == 0) {
            revert InvalidWeight(grossWeightMg, fineness);
        }
    }

    function _fineWeightOf(BarRecord storage record) internal view returns (uint64) {
        return _fineWeight(record.grossWeightMg, record.fineness);
    }

    /// @dev Rounded down: a token is never backed by gold that is not there. 40 and 16 bits multiply within 64.
    function _fineWeight(uint40 grossWeightMg, uint16 fineness) internal pure returns (uint64) {
        return (uint64(grossWeightMg) * fineness) / 10_000;
    }

    function _mark(address account) internal pure returns (uint40) {
        return uint40(uint160(account));
    }
}
