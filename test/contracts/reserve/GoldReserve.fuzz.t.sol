// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IGoldReserve} from "../../../contracts/interfaces/IGoldReserve.sol";
import {BarCodes} from "../../../contracts/reserve/BarCodes.sol";
import {Deploy} from "../lib/Deploy.sol";

/// @title Fine weight, the spelling of marks, and the totals through any order of events
contract GoldReserveFuzzTest is Deploy {
    function setUp() public {
        deployCore();
    }

    function checkCode(bytes32 code) external pure {
        BarCodes.check(code);
    }

    /// @dev Rounded down, never more than a milligram off, never more than the gross weight.
    function testFuzz_FineWeightIsRoundedDown(uint40 grossWeightMg, uint16 fineness) public view {
        fineness = uint16(bound(fineness, 0, 10_000));
        uint256 fine = reserve.fineWeightOf(grossWeightMg, fineness);
        uint256 exact = uint256(grossWeightMg) * fineness;
        assertLe(fine * 10_000, exact);
        assertLt(exact, (fine + 1) * 10_000);
        assertLe(fine, grossWeightMg);
    }

    /// @dev Whatever is booked reads back as it was, in its one slot of fields.
    function testFuzz_BookingReadsBack(
        uint40 grossWeightMg,
        uint16 fineness,
        uint16 year,
        bytes32 documentsHash
    ) public {
        vm.assume(documentsHash != 0);
        fineness = uint16(bound(fineness, 1, 10_000));
        grossWeightMg = uint40(bound(grossWeightMg, 10_000, type(uint40).max));
        IGoldReserve.BarInput memory input = aBar(grossWeightMg, fineness);
        input.year = year;
        input.documentsHash = documentsHash;
        vm.prank(custodian);
        IGoldReserve.Bar memory bar = reserve.bar(reserve.book(input));
        IGoldReserve.Bar memory wanted = IGoldReserve.Bar({
            refiner: input.refiner,
            serial: input.serial,
            year: year,
            grossWeightMg: grossWeightMg,
            fineness: fineness,
            fineWeightMg: uint40(reserve.fineWeightOf(grossWeightMg, fineness)),
            vault: input.vault,
            state: IGoldReserve.BarState.Pending,
            documentsHash: documentsHash
        });
        assertEq(abi.encode(bar), abi.encode(wanted));
    }

    /// @dev The check against the plain words: characters allowed, then zeros only.
    function testFuzz_CodesHaveOneSpelling(bytes32 noise, uint8 length, uint8 at) public {
        bytes memory alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-./!~";
        bytes memory text = new bytes(32);
        length = uint8(bound(length, 1, 32));
        for (uint256 i = 0; i < length; ++i) text[i] = alphabet[uint8(noise[i]) % alphabet.length];
        this.checkCode(bytes32(text));

        at = uint8(bound(at, 0, length - 1));
        bytes1 odd = noise[31];
        bool isAllowed = odd > 0x20 && odd < 0x7f && !(odd >= 0x61 && odd <= 0x7a);
        text[at] = odd;
        bool isShortened = odd == 0 && at == length - 1 && at > 0;
        if (!isAllowed && !isShortened) {
            vm.expectRevert(abi.encodeWithSelector(IGoldReserve.InvalidCode.selector, bytes32(text)));
        }
        this.checkCode(bytes32(text));
    }

    /// @dev A re-assay of an Active bar moves B by the difference and by nothing else.
    function testFuzz_ReassayMovesBackingByTheDifference(uint40 first, uint40 second, uint16 fineness) public {
        first = uint40(bound(first, 1, type(uint40).max));
        fineness = uint16(bound(fineness, 1, 10_000));
        second = uint40(bound(second, 10_000, type(uint40).max));
        activeBar(777);
        uint256 barId = activeBar(first);
        vm.prank(custodian);
        reserve.proposeReassay(barId, second, fineness, "assay");
        uint256 newWeight = reserve.fineWeightOf(second, fineness);
        vm.prank(auditor);
        reserve.endorseReassay(barId, newWeight);
        assertEq(reserve.backing(), 777 + newWeight);
    }

    /// @dev An attestation goes through exactly if total, number, version and time are right.
    function testFuzz_AttestationIffRight(
        uint8 totalOff,
        uint8 barsOff,
        uint8 versionOff,
        uint32 lastAgo,
        uint32 ago
    ) public {
        lastAgo = uint32(bound(lastAgo, 0, 1 days));
        ago = uint32(bound(ago, 0, 2 days));
        activeBar(1_000_000);
        activeBar(1_000_000);
        uint48 time = uint48(block.timestamp);
        IGoldReserve.Attestation memory attestation = currentCount();
        attestation.asOf = time - lastAgo;
        vm.prank(auditor);
        reserve.attest(attestation, 2);

        attestation.fineWeightMg += totalOff % 2;
        attestation.bars += barsOff % 2;
        attestation.asOf = time + 10 - ago;
        bytes memory data = abi.encodeCall(reserve.attest, (attestation, 2 + (versionOff % 2)));
        vm.prank(auditor);
        (bool success, ) = address(reserve).call(data);
        bool isRight = totalOff % 2 == 0 && barsOff % 2 == 0 && versionOff % 2 == 0;
        assertEq(success, isRight && attestation.asOf <= time && attestation.asOf >= time - lastAgo);
    }
}
