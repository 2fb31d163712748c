// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IGoldReserve} from "../interfaces/IGoldReserve.sol";

/// @title The one spelling of a bar's marks
/// @notice A bar's id is the hash of its marks, so a second spelling ("dxa", " DXA", "DXA" behind zero bytes) would be a second
/// certificate for the same bar. A code is upper-case printable ASCII without spaces, left-aligned, at least one character.
library BarCodes {
    function check(bytes32 code) internal pure {
        bytes32 rest = code;
        do {
            uint8 character = uint8(rest[0]);
            bool isLower = character > 0x60 && character < 0x7b;
            if (character < 0x21 || character > 0x7e || isLower) revert IGoldReserve.InvalidCode(code);
            rest <<= 8;
        } while (rest != 0);
    }
}
