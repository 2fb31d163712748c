// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Test} from "../lib/Test.sol";
import {Handler} from "./Handler.sol";

/// @dev Declared here because the runner knows only contracts of test files.
contract ProtocolHandler is Handler {}

/// @title Invariants 1, 2, 5, 6 and 7 of the design, over all contracts together
contract ProtocolInvariantTest is Test {
    ProtocolHandler private handler;

    function setUp() public {
        handler = new ProtocolHandler();
        targetContract(address(handler));
        targetSelector(address(handler), handler.selectors());
    }

    /// @dev 1: what is minted is backed; supply and bars are the sums of their parts. 2: one bar, one certificate, one
    /// escrow. 5: no gold from nothing. 6: the price of sEAU never falls.
    function invariant_GoldIsAccountedFor() public {
        assertEq(handler.violation(), "");
        handler.checkSums();
        handler.checkBars();
        handler.checkWealth();
        handler.checkStaking();
        handler.checkEscrow();
    }

    /// @dev 7, from any state: whatever the issuer leaves undone from here on.
    function invariant_EscrowAlwaysEnds() public {
        handler.checkEscrowEnds();
    }
}
