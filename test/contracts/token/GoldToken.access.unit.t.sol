// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {Roles} from "../../../contracts/governance/Roles.sol";
import {IGoldToken} from "../../../contracts/interfaces/IGoldToken.sol";
import {GoldToken} from "../../../contracts/token/GoldToken.sol";
import {ProxyTest} from "../lib/ProxyTest.sol";

contract GoldTokenAccessTest is ProxyTest {
    address private alice = makeAddr("alice");

    function setUp() public {
        deployCore();
        mintBacked(alice, 10);
    }

    function only(bytes memory data) private pure returns (bytes[] memory calls) {
        calls = new bytes[](1);
        calls[0] = data;
    }

    function test_OnlyMinterMints() public {
        checkRestricted(address(token), minter, only(abi.encodeCall(token.mint, (alice, 0))));
    }

    function test_OnlyBurnerBurns() public {
        checkRestricted(address(token), burner, only(abi.encodeCall(token.burn, (0))));
    }

    function test_OnlyGuardianPausesAndLowers() public {
        bytes[] memory calls = new bytes[](4);
        calls[0] = abi.encodeCall(token.pauseMinting, (1));
        calls[1] = abi.encodeCall(token.pauseTransfers, (1));
        calls[2] = abi.encodeCall(token.lowerMintLimit, (minter, 0));
        calls[3] = abi.encodeCall(token.lowerMaxAttestationAge, (0));
        checkRestricted(address(token), guardian, calls);
    }

    function test_OnlyTreasurerResumesAndRaises() public {
        bytes[] memory calls = new bytes[](5);
        calls[0] = abi.encodeCall(token.resumeMinting, ());
        calls[1] = abi.encodeCall(token.resumeTransfers, ());
        calls[2] = abi.encodeCall(token.raiseMintLimit, (minter, 1, 1));
        calls[3] = abi.encodeCall(token.raiseMaxAttestationAge, (type(uint48).max));
        calls[4] = abi.encodeCall(token.setAccountKind, (alice, IGoldToken.AccountKind.Escrow));
        checkRestricted(address(token), treasurer, calls);
    }

    function test_OnlyComplianceFreezes() public {
        checkRestricted(address(token), compliance, only(abi.encodeCall(token.setFrozenTokens, (alice, 1))));
    }

    function test_OnlyArbiterForces() public {
        checkRestricted(address(token), arbiter, only(abi.encodeCall(token.forcedTransfer, (alice, stranger, 0))));
    }

    /// @dev A role with a delay: refused at once, refused before the delay is over, done after.
    function test_ADelayedRoleWaits() public {
        address slow = makeAddr("slow");
        vm.prank(admin);
        manager.grantRole(Roles.TREASURER, slow, 1 hours);
        bytes memory data = abi.encodeCall(token.raiseMintLimit, (stranger, 5e18, 1 days));

        vm.prank(slow);
        (bool success, ) = address(token).call(data);
        assertFalse(success, "without a schedule");

        vm.prank(slow);
        manager.schedule(address(token), data, 0);
        skip(1 hours - 1);
        vm.prank(slow);
        (success, ) = address(token).call(data);
        assertFalse(success, "before the delay");

        skip(1);
        vm.prank(slow);
        (success, ) = address(token).call(data);
        assertTrue(success, "after the delay");
        (uint208 capacity, , ) = token.mintLimitOf(stranger);
        assertEq(capacity, 5e18);

        vm.prank(slow);
        (success, ) = address(token).call(data);
        assertFalse(success, "once only");
    }

    function test_AClosedTokenRefusesItsRoles() public {
        vm.prank(admin);
        manager.setTargetClosed(address(token), true);
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, minter));
        vm.prank(minter);
        token.mint(alice, 0);
        vm.prank(alice);
        token.transfer(stranger, 1);
    }

    function test_InitializedOnce() public {
        checkInitializedOnce(address(token), abi.encodeCall(GoldToken.initialize, (stranger, 0)));
    }

    function test_UpgradeKeepsWhatIsOwned() public {
        GoldToken next = new GoldToken(reserve);
        vm.prank(compliance);
        token.setFrozenTokens(alice, 4e18);
        checkUpgrade(address(token), address(next));
        assertEq(token.balanceOf(alice), 10e18);
        assertEq(token.getFrozenTokens(alice), 4e18);
        assertEq(token.maxAttestationAge(), MAX_ATTESTATION_AGE);
        assertEq(token.authority(), address(manager));
    }

    /// @dev One slot for a sender's freeze and kind, one for the clocks: what a transfer's price rests on.
    function test_StorageIsWhereERC7201SaysAndPacked() public {
        bytes32 location = storageLocation("eaurum.storage.GoldToken");
        assertEq(location, 0xa41ac082d1e0e696e3e9321289f68ed340a916f26fcc51ed9f68a8c7d0c7e400);
        vm.prank(guardian);
        token.pauseTransfers(1 hours);
        vm.prank(guardian);
        token.pauseMinting(2 hours);
        uint256 clocks = uint256(vm.load(address(token), location));
        assertEq(uint48(clocks), block.timestamp + 1 hours);
        assertEq(uint48(clocks >> 48), block.timestamp);
        assertEq(uint48(clocks >> 96), block.timestamp + 2 hours);
        assertEq(clocks >> 144, MAX_ATTESTATION_AGE);

        vm.prank(compliance);
        token.setFrozenTokens(alice, 4e18);
        bytes32 slot = keccak256(abi.encode(alice, uint256(location) + 1));
        assertEq(uint256(vm.load(address(token), slot)), 4e18);
        vm.prank(treasurer);
        token.setAccountKind(alice, IGoldToken.AccountKind.Escrow);
        assertEq(uint256(vm.load(address(token), slot)), uint256(2) << 248);
    }
}
