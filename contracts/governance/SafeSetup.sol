// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title The one function of a Safe that its setup needs
interface IGuardable {
    function setGuard(address guard) external;
}

/// @title SafeSetup: a Safe that is born with its guard
/// @notice Given to `Safe.setup` as `to` and `data`, which delegatecalls it once. The Safe then calls itself, as it must to
/// change its guard, so no owner has to sign and there is no block in which the Safe stands unguarded. Called in any other
/// way it does nothing: it has no `setGuard` itself.
contract SafeSetup {
    function installGuard(address guard) external {
        IGuardable(address(this)).setGuard(guard);
    }
}
