// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessManagedUpgradeable} from "@openzeppelin/contracts-upgradeable/access/manager/AccessManagedUpgradeable.sol";
import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";
import {UUPSUpgradeable} from "@openzeppelin/contracts/proxy/utils/UUPSUpgradeable.sol";
import {MultiSendCallOnly} from "@safe-global/safe-contracts/contracts/libraries/MultiSendCallOnly.sol";
import {Enum} from "@safe-global/safe-contracts/contracts/common/Enum.sol";
import {GoldTokenV2} from "../../../contracts/devnet/GoldTokenV2.sol";
import {Roles} from "../../../contracts/governance/Roles.sol";
import {UpgradeVerifier} from "../../../contracts/governance/UpgradeVerifier.sol";
import {InvestorRegistry} from "../../../contracts/identity/InvestorRegistry.sol";
import {IGoldReserve} from "../../../contracts/interfaces/IGoldReserve.sol";
import {GoldToken} from "../../../contracts/token/GoldToken.sol";
import {TreasuryTest} from "./TreasuryTest.sol";

/// @title Second versions that change what an upgrade must not touch
contract RenamedToken is AccessManagedUpgradeable, UUPSUpgradeable {
    function name() external pure returns (string memory) {
        return "Fool's Gold";
    }

    function _authorizeUpgrade(address) internal override restricted {}
}

contract InflatingToken is GoldToken {
    constructor(IGoldReserve reserve_) GoldToken(reserve_) {}

    function inflate(address to, uint256 amount) external {
        _mint(to, amount);
    }
}

contract RobbingToken is GoldToken {
    constructor(IGoldReserve reserve_) GoldToken(reserve_) {}

    function rob(address from, address to, uint256 amount) external {
        _transfer(from, to, amount);
    }
}

/// @title An upgrade is one batch: snapshot, upgrade, verify, or nothing
contract UpgradeVerifierTest is TreasuryTest {
    UpgradeVerifier internal verifier;
    address internal holder = makeAddr("holder");
    address internal thief = makeAddr("thief");
    address[] internal accounts;
    UpgradeVerifier.RoleHolder[] internal holders;

    function setUp() public {
        deployTreasury();
        verifier = new UpgradeVerifier();
        mintBacked(holder, 100);
        accounts = [holder, thief];
        holders.push(UpgradeVerifier.RoleHolder(Roles.MINTER, minter));
        holders.push(UpgradeVerifier.RoleHolder(Roles.UPGRADER, address(safe)));
    }

    function upgradeCall(address implementation, bytes memory initialize) internal pure returns (bytes memory) {
        return abi.encodeCall(UUPSUpgradeable.upgradeToAndCall, (implementation, initialize));
    }

    function upgradeBatch(bytes memory upgradeData) internal view returns (bytes memory) {
        address target = address(token);
        return
            bytes.concat(
                inner(address(verifier), abi.encodeCall(UpgradeVerifier.snapshot, (target, accounts, holders))),
                inner(address(manager), abi.encodeCall(IAccessManager.execute, (target, upgradeData))),
                inner(address(verifier), abi.encodeCall(UpgradeVerifier.verify, (target, accounts, holders)))
            );
    }

    function scheduleUpgrade(address implementation, bytes memory initialize) internal returns (bytes memory data) {
        data = upgradeCall(implementation, initialize);
        assertTrue(call(address(manager), abi.encodeCall(IAccessManager.schedule, (address(token), data, 0))));
        skip(DELAY);
    }

    /// @dev MultiSendCallOnly swallows the reason and the Safe says GS013: the batch is looked at by itself as well.
    function expectRefused(bytes memory upgradeData, string memory what) internal {
        bytes memory transactions = upgradeBatch(upgradeData);
        bytes memory data = abi.encodeCall(MultiSendCallOnly.multiSend, (transactions));
        bytes memory signatures = signed(address(multiSend), data, Enum.Operation.DelegateCall);
        vm.expectRevert(bytes("GS013"));
        safe.execTransaction(
            address(multiSend),
            0,
            data,
            Enum.Operation.DelegateCall,
            0,
            0,
            0,
            address(0),
            payable(address(0)),
            signatures
        );
        assertEq(changedField(upgradeData), what);
    }

    /// @dev The three calls one after another as the Safe, and what the verifier says.
    function changedField(bytes memory upgradeData) internal returns (string memory what) {
        vm.startPrank(address(safe));
        verifier.snapshot(address(token), accounts, holders);
        manager.execute(address(token), upgradeData);
        try verifier.verify(address(token), accounts, holders) {
            what = "nothing";
        } catch (bytes memory reason) {
            assertEq(bytes32(bytes4(reason)), bytes32(UpgradeVerifier.StateChanged.selector));
            bytes memory fields = new bytes(reason.length - 4);
            for (uint256 i = 4; i < reason.length; ++i) fields[i - 4] = reason[i];
            (, what, , ) = abi.decode(fields, (address, string, bytes32, bytes32));
        }
        vm.stopPrank();
    }

    function test_TheRealSecondVersionPassesWhole() public {
        bytes memory initialize = abi.encodeCall(GoldTokenV2.initializeV2, ("ipfs://terms", keccak256("terms")));
        bytes memory data = scheduleUpgrade(address(new GoldTokenV2(reserve)), initialize);
        assertTrue(batch(upgradeBatch(data)));
        (string memory uri, , ) = GoldTokenV2(address(token)).terms();
        assertEq(uri, "ipfs://terms");
        assertEq(token.balanceOf(holder), 100e18);
        assertEq(token.totalSupply(), 100e18);
        assertEq(token.authority(), address(manager));
    }

    function test_ItCannotRunBeforeItsDelay() public {
        bytes memory data = upgradeCall(address(new GoldTokenV2(reserve)), "");
        call(address(manager), abi.encodeCall(IAccessManager.schedule, (address(token), data, 0)));
        skip(DELAY - 1);
        bytes memory batchData = abi.encodeCall(MultiSendCallOnly.multiSend, (upgradeBatch(data)));
        bytes memory signatures = signed(address(multiSend), batchData, Enum.Operation.DelegateCall);
        vm.expectRevert(bytes("GS013"));
        safe.execTransaction(
            address(multiSend),
            0,
            batchData,
            Enum.Operation.DelegateCall,
            0,
            0,
            0,
            address(0),
            payable(address(0)),
            signatures
        );
    }

    function test_AnotherNameIsRolledBack() public {
        bytes memory data = scheduleUpgrade(address(new RenamedToken()), "");
        expectRefused(data, "name");
    }

    function test_MoreSupplyIsRolledBack() public {
        bytes memory inflate = abi.encodeCall(InflatingToken.inflate, (makeAddr("elsewhere"), 1));
        expectRefused(scheduleUpgrade(address(new InflatingToken(reserve)), inflate), "totalSupply");
        // only the Safe's batch was rolled back: the calls one by one went through, so the loss is theirs to see
        assertEq(token.totalSupply(), 100e18 + 1);
    }

    function test_AMovedBalanceIsRolledBack() public {
        bytes memory rob = abi.encodeCall(RobbingToken.rob, (holder, thief, 1));
        expectRefused(scheduleUpgrade(address(new RobbingToken(reserve)), rob), "balanceOf");
    }

    function test_ARoleThatChangesIsNoticed() public {
        vm.prank(address(safe));
        verifier.snapshot(address(token), accounts, holders);
        vm.prank(guardian);
        aurum.strip(Roles.MINTER, minter);
        vm.prank(address(safe));
        vm.expectPartialRevert(UpgradeVerifier.StateChanged.selector);
        verifier.verify(address(token), accounts, holders);
    }

    /// @dev A registry has no name, supply or balances: the answers that are missing must be missing afterwards.
    function test_AContractWithoutTokenViewsIsComparedToo() public {
        address target = address(registry);
        bytes memory data = upgradeCall(address(new InvestorRegistry()), "");
        call(address(manager), abi.encodeCall(IAccessManager.schedule, (target, data, 0)));
        skip(DELAY);
        bytes memory verify = abi.encodeCall(UpgradeVerifier.verify, (target, accounts, holders));
        vm.expectEmit(address(verifier));
        emit UpgradeVerifier.UpgradeVerified(address(safe), target, 9);
        batch(
            bytes.concat(
                inner(address(verifier), abi.encodeCall(UpgradeVerifier.snapshot, (target, accounts, holders))),
                inner(address(manager), abi.encodeCall(IAccessManager.execute, (target, data))),
                inner(address(verifier), verify)
            )
        );
    }

    // --- SNAPSHOTS ---

    function test_VerifyWithoutSnapshotIsRefused() public {
        vm.prank(address(safe));
        vm.expectRevert(missing(address(safe)));
        verifier.verify(address(token), accounts, holders);
    }

    function test_ASnapshotServesOnce() public {
        vm.startPrank(address(safe));
        verifier.snapshot(address(token), accounts, holders);
        verifier.verify(address(token), accounts, holders);
        vm.expectRevert(missing(address(safe)));
        verifier.verify(address(token), accounts, holders);
        vm.stopPrank();
    }

    function test_ASnapshotIsItsCallersOwn() public {
        vm.prank(address(safe));
        verifier.snapshot(address(token), accounts, holders);
        vm.prank(thief);
        vm.expectRevert(missing(thief));
        verifier.verify(address(token), accounts, holders);
    }

    function test_VerifyAsksForTheSameAccountsAndRoles() public {
        vm.startPrank(address(safe));
        verifier.snapshot(address(token), accounts, holders);
        vm.expectRevert(missing(address(safe)));
        verifier.verify(address(token), new address[](0), holders);
        vm.expectRevert(missing(address(safe)));
        verifier.verify(address(token), accounts, new UpgradeVerifier.RoleHolder[](0));
        vm.stopPrank();
    }

    function test_AnAddressWithoutCodeIsRefused() public {
        vm.expectRevert(abi.encodeWithSelector(UpgradeVerifier.NotAContract.selector, thief));
        verifier.snapshot(thief, accounts, holders);
    }

    function missing(address caller) internal view returns (bytes memory) {
        return abi.encodeWithSelector(UpgradeVerifier.SnapshotMissing.selector, caller, address(token));
    }
}
