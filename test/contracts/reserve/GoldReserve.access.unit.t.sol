// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IGoldReserve} from "../../../contracts/interfaces/IGoldReserve.sol";
import {GoldReserve} from "../../../contracts/reserve/GoldReserve.sol";
import {ProxyTest} from "../lib/ProxyTest.sol";

contract GoldReserveAccessTest is ProxyTest {
    uint256 private barId;

    function setUp() public {
        deployCore();
        barId = activeBar(1_000_000);
    }

    function test_OnlyCustodianBooks() public {
        bytes[] memory calls = new bytes[](5);
        calls[0] = abi.encodeCall(reserve.book, (aBar(1_000_000, 10_000)));
        calls[1] = abi.encodeCall(reserve.bookMany, (new IGoldReserve.BarInput[](0)));
        calls[2] = abi.encodeCall(reserve.cancel, (barId));
        calls[3] = abi.encodeCall(reserve.proposeReassay, (barId, 1, 1, bytes32("x")));
        calls[4] = abi.encodeCall(reserve.cancelReassay, (barId));
        checkRestricted(address(reserve), custodian, calls);
    }

    function test_OnlyAuditorEndorsesAndAttests() public {
        bytes[] memory calls = new bytes[](5);
        calls[0] = abi.encodeCall(reserve.endorse, (bookBar(1_000_000, 10_000), 1_000_000));
        calls[1] = abi.encodeCall(reserve.endorseMany, (new uint256[](0), new uint256[](0)));
        calls[2] = abi.encodeCall(reserve.endorseReassay, (barId, 1));
        calls[3] = abi.encodeCall(reserve.attest, (currentCount(), 1));
        calls[4] = abi.encodeCall(reserve.revokeAttestation, ());
        checkRestricted(address(reserve), auditor, calls);
    }

    function test_OnlyGuardianSuspends() public {
        bytes[] memory calls = new bytes[](1);
        calls[0] = abi.encodeCall(reserve.suspend, (barId, ""));
        checkRestricted(address(reserve), guardian, calls);
    }

    function test_OnlyTreasurerReinstatesAndWithdraws() public {
        bytes[] memory calls = new bytes[](2);
        calls[0] = abi.encodeCall(reserve.reinstate, (barId));
        calls[1] = abi.encodeCall(reserve.withdraw, (barId, ""));
        checkRestricted(address(reserve), treasurer, calls);
    }

    function test_OnlyAllocatorAllocates() public {
        bytes[] memory calls = new bytes[](4);
        calls[0] = abi.encodeCall(reserve.commit, (barId, 1));
        calls[1] = abi.encodeCall(reserve.release, (barId, 1));
        calls[2] = abi.encodeCall(reserve.deliver, (barId, 1, stranger));
        calls[3] = abi.encodeCall(reserve.lose, (barId, 1));
        checkRestricted(address(reserve), allocator, calls);
    }

    function test_InitializedOnce() public {
        checkInitializedOnce(address(reserve), abi.encodeCall(GoldReserve.initialize, (stranger)));
    }

    function test_UpgradeKeepsTheBars() public {
        attestReserve();
        checkUpgrade(address(reserve), address(new GoldReserve()));
        assertEq(reserve.backing(), 1_000_000);
        assertEq(reserve.ownerOf(barId), address(reserve));
        assertEq(reserve.lastAttestation().fineWeightMg, 1_000_000);
        assertEq(reserve.authority(), address(manager));
    }

    /// @dev B, C, the attestation's time, the version and the number of bars: one read for a mint.
    function test_StorageIsWhereERC7201SaysAndPacked() public {
        bytes32 location = storageLocation("eaurum.storage.GoldReserve");
        assertEq(location, 0x7565e01554b82359fae0d2d79f006a80186eba5f77359243a27da18a21b77400);
        uint256 other = activeBar(300);
        vm.prank(allocator);
        reserve.commit(other, 1);
        attestReserve();
        uint256 totals = uint256(vm.load(address(reserve), location));
        assertEq(uint64(totals), 1_000_000);
        assertEq(uint64(totals >> 64), 300);
        assertEq(uint48(totals >> 128), block.timestamp);
        assertEq(uint48(totals >> 176), 2);
        assertEq(totals >> 224, 2);
    }
}
