// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Vm} from "./Vm.sol";

/// @title Base of every Solidity test: cheatcodes, assertions that name both values, bounded fuzz input, named accounts,
/// and the targets of an invariant run
abstract contract Test {
    Vm internal constant vm = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));

    /// @dev The runner takes a contract whose IS_TEST is true for a test.
    bool public constant IS_TEST = true;

    error AssertionFailed(string what);

    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    address[] private _targetContracts;
    address[] private _excludedContracts;
    address[] private _targetSenders;
    address[] private _excludedSenders;
    FuzzSelector[] private _targetSelectors;

    // --- INVARIANT TARGETS, read by the runner after setUp ---

    function targetContracts() public view returns (address[] memory) {
        return _targetContracts;
    }

    function excludeContracts() public view returns (address[] memory) {
        return _excludedContracts;
    }

    function targetSenders() public view returns (address[] memory) {
        return _targetSenders;
    }

    function excludeSenders() public view returns (address[] memory) {
        return _excludedSenders;
    }

    function targetSelectors() public view returns (FuzzSelector[] memory) {
        return _targetSelectors;
    }

    /// @dev The invariant run calls this contract (a handler), and no other that was not named.
    function targetContract(address target) internal {
        _targetContracts.push(target);
    }

    function excludeContract(address target) internal {
        _excludedContracts.push(target);
    }

    function targetSender(address sender) internal {
        _targetSenders.push(sender);
    }

    function excludeSender(address sender) internal {
        _excludedSenders.push(sender);
    }

    /// @dev Of `target` the invariant run calls these functions only.
    function targetSelector(address target, bytes4[] memory selectors) internal {
        _targetSelectors.push(FuzzSelector(target, selectors));
    }

    // --- ACCOUNTS ---

    function makeAddrAndKey(string memory name) internal returns (address account, uint256 privateKey) {
        privateKey = uint256(keccak256(bytes(name)));
        account = vm.addr(privateKey);
        vm.label(account, name);
    }

    function makeAddr(string memory name) internal returns (address account) {
        (account, ) = makeAddrAndKey(name);
    }

    /// @dev 65 bytes r, s, v, as ERC-1271 and byte-signature overloads take them.
    function signature(uint256 privateKey, bytes32 digest) internal pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(privateKey, digest);
        return abi.encodePacked(r, s, v);
    }

    /// @dev Native coin for gas or value.
    function deal(address account, uint256 balance) internal {
        vm.deal(account, balance);
    }

    function skip(uint256 secondsForward) internal {
        vm.warp(vm.getBlockTimestamp() + secondsForward);
        vm.roll(vm.getBlockNumber() + 1);
    }

    // --- FUZZ INPUT ---

    /// @dev Wraps `x` into [least, most]; small numbers stay small and the edges are met often.
    function bound(uint256 x, uint256 least, uint256 most) internal pure returns (uint256) {
        if (least > most) revert AssertionFailed("bound: least > most");
        if (x >= least && x <= most) return x;
        uint256 size = most - least;
        if (size == type(uint256).max) return x;
        unchecked {
            // The fuzzer likes 0..3 and max-3..max: map them to the edges of the range.
            if (x <= 3 && size > x) return least + x;
            if (x >= type(uint256).max - 3 && size > type(uint256).max - x) return most - (type(uint256).max - x);
            return least + (x % (size + 1));
        }
    }

    function bound(int256 x, int256 least, int256 most) internal pure returns (int256) {
        uint256 shift = uint256(type(int256).max) + 1;
        unchecked {
            // Shifting by 2^255 keeps the order, so the unsigned bound serves.
            uint256 bounded = bound(uint256(x) + shift, uint256(least) + shift, uint256(most) + shift);
            return int256(bounded - shift);
        }
    }

    // --- ASSERTIONS ---

    function fail(string memory what) internal pure {
        revert AssertionFailed(what);
    }

    function assertTrue(bool condition) internal pure {
        if (!condition) fail("not true");
    }

    function assertTrue(bool condition, string memory what) internal pure {
        if (!condition) fail(what);
    }

    function assertFalse(bool condition) internal pure {
        if (condition) fail("not false");
    }

    function assertFalse(bool condition, string memory what) internal pure {
        if (condition) fail(what);
    }

    function assertEq(bool a, bool b) internal pure {
        if (a != b) fail(a ? "true != false" : "false != true");
    }

    function assertEq(bool a, bool b, string memory what) internal pure {
        if (a != b) fail(string.concat(what, a ? ": true != false" : ": false != true"));
    }

    function assertEq(uint256 a, uint256 b) internal pure {
        assertEq(a, b, "uint");
    }

    function assertEq(uint256 a, uint256 b, string memory what) internal pure {
        if (a != b) _fail(what, a, " != ", b);
    }

    function assertEq(int256 a, int256 b) internal pure {
        assertEq(a, b, "int");
    }

    function assertEq(int256 a, int256 b, string memory what) internal pure {
        if (a != b) fail(string.concat(what, ": ", vm.toString(a), " != ", vm.toString(b)));
    }

    function assertEq(address a, address b) internal pure {
        assertEq(a, b, "address");
    }

    function assertEq(address a, address b, string memory what) internal pure {
        if (a != b) fail(string.concat(what, ": ", vm.toString(a), " != ", vm.toString(b)));
    }

    function assertEq(bytes32 a, bytes32 b) internal pure {
        assertEq(a, b, "bytes32");
    }

    function assertEq(bytes32 a, bytes32 b, string memory what) internal pure {
        if (a != b) fail(string.concat(what, ": ", vm.toString(a), " != ", vm.toString(b)));
    }

    function assertEq(string memory a, string memory b) internal pure {
        assertEq(a, b, "string");
    }

    function assertEq(string memory a, string memory b, string memory what) internal pure {
        if (keccak256(bytes(a)) != keccak256(bytes(b))) fail(string.concat(what, ": '", a, "' != '", b, "'"));
    }

    function assertEq(bytes memory a, bytes memory b) internal pure {
        if (keccak256(a) != keccak256(b)) fail("bytes differ");
    }

    function assertEq(address[] memory a, address[] memory b) internal pure {
        if (keccak256(abi.encode(a)) != keccak256(abi.encode(b))) fail("address[] differ");
    }

    function assertEq(uint256[] memory a, uint256[] memory b) internal pure {
        if (keccak256(abi.encode(a)) != keccak256(abi.encode(b))) fail("uint256[] differ");
    }

    function assertNotEq(uint256 a, uint256 b) internal pure {
        if (a == b) _fail("uint", a, " == ", b);
    }

    function assertNotEq(address a, address b) internal pure {
        if (a == b) fail(string.concat("address: both ", vm.toString(a)));
    }

    function assertNotEq(bytes32 a, bytes32 b) internal pure {
        if (a == b) fail(string.concat("bytes32: both ", vm.toString(a)));
    }

    function assertLt(uint256 a, uint256 b) internal pure {
        assertLt(a, b, "uint");
    }

    function assertLt(uint256 a, uint256 b, string memory what) internal pure {
        if (a >= b) _fail(what, a, " >= ", b);
    }

    function assertLe(uint256 a, uint256 b) internal pure {
        assertLe(a, b, "uint");
    }

    function assertLe(uint256 a, uint256 b, string memory what) internal pure {
        if (a > b) _fail(what, a, " > ", b);
    }

    function assertGt(uint256 a, uint256 b) internal pure {
        assertGt(a, b, "uint");
    }

    function assertGt(uint256 a, uint256 b, string memory what) internal pure {
        if (a <= b) _fail(what, a, " <= ", b);
    }

    function assertGe(uint256 a, uint256 b) internal pure {
        assertGe(a, b, "uint");
    }

    function assertGe(uint256 a, uint256 b, string memory what) internal pure {
        if (a < b) _fail(what, a, " < ", b);
    }

    function assertApproxEqAbs(uint256 a, uint256 b, uint256 maxDelta) internal pure {
        assertApproxEqAbs(a, b, maxDelta, "uint");
    }

    function assertApproxEqAbs(uint256 a, uint256 b, uint256 maxDelta, string memory what) internal pure {
        uint256 delta = a > b ? a - b : b - a;
        if (delta > maxDelta) _fail(what, a, " !~ ", b);
    }

    /// @param maxDeltaBps allowed difference, in ten-thousandths of `b`
    function assertApproxEqBps(uint256 a, uint256 b, uint256 maxDeltaBps) internal pure {
        uint256 delta = a > b ? a - b : b - a;
        if (delta * 10_000 > b * maxDeltaBps) _fail("uint", a, " !~ ", b);
    }

    function _fail(string memory what, uint256 a, string memory relation, uint256 b) private pure {
        fail(string.concat(what, ": ", vm.toString(a), relation, vm.toString(b)));
    }
}
