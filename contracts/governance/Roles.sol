// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Roles of the one AccessManager. ADMIN is OpenZeppelin's ADMIN_ROLE (0).
library Roles {
    uint64 internal constant ADMIN = 0;
    uint64 internal constant UPGRADER = 1;
    uint64 internal constant TREASURER = 2;
    uint64 internal constant GUARDIAN = 3;
    uint64 internal constant CUSTODIAN = 4;
    uint64 internal constant AUDITOR = 5;
    uint64 internal constant COMPLIANCE = 6;
    uint64 internal constant ISSUER = 7;
    uint64 internal constant MINTER = 8;
    uint64 internal constant BURNER = 9;
    uint64 internal constant BAR_ALLOCATOR = 10;
    uint64 internal constant FEE_PAYER = 11;
    /// @dev Holds nobody: the manager's own administrative functions stand under it, so that GUARDIAN can veto them.
    uint64 internal constant GOVERNOR = 12;
    /// @dev ADMIN's decisions on ordinary contracts (forced transfer, disputes), so that GUARDIAN can veto them too.
    uint64 internal constant ARBITER = 13;
}
