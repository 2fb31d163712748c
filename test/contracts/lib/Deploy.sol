// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";
import {UUPSUpgradeable} from "@openzeppelin/contracts/proxy/utils/UUPSUpgradeable.sol";
import {ERC1967Proxy} from "@openzeppelin/contracts/proxy/ERC1967/ERC1967Proxy.sol";
import {AurumAccessManager} from "../../../contracts/governance/AurumAccessManager.sol";
import {Roles} from "../../../contracts/governance/Roles.sol";
import {InvestorRegistry} from "../../../contracts/identity/InvestorRegistry.sol";
import {IGoldReserve} from "../../../contracts/interfaces/IGoldReserve.sol";
import {GoldReserve} from "../../../contracts/reserve/GoldReserve.sol";
import {GoldToken} from "../../../contracts/token/GoldToken.sol";
import {Test} from "./Test.sol";

/// @title Puts up registry, reserve and token behind proxies and one AccessManager, with the role table of the project
/// @dev Every role is held by an account of its own, without delay: what a delay does is the manager's and tested where it
/// matters. Tests of the desks derive from this and wire what is theirs with {allow}.
abstract contract Deploy is Test {
    uint48 internal constant MAX_ATTESTATION_AGE = 30 days;
    uint256 internal constant WEI_PER_MG = 1e15;

    AccessManager internal manager;
    InvestorRegistry internal registry;
    GoldReserve internal reserve;
    GoldToken internal token;

    address internal admin = makeAddr("admin");
    address internal upgrader = makeAddr("upgrader");
    address internal treasurer = makeAddr("treasurer");
    address internal guardian = makeAddr("guardian");
    address internal custodian = makeAddr("custodian");
    address internal auditor = makeAddr("auditor");
    address internal compliance = makeAddr("compliance");
    address internal issuer = makeAddr("issuer");
    address internal minter = makeAddr("minter");
    address internal burner = makeAddr("burner");
    address internal allocator = makeAddr("allocator");
    address internal arbiter = makeAddr("arbiter");

    uint256 private _serials;

    // --- DEPLOYMENT ---

    /// @dev A second before has passed, so that "a moment ago" is a time, and the clock is like a real one.
    function deployCore() internal {
        vm.warp(1_790_000_000);
        manager = deployManager();
        registry = InvestorRegistry(
            proxy(address(new InvestorRegistry()), abi.encodeCall(InvestorRegistry.initialize, (address(manager))))
        );
        reserve = GoldReserve(
            proxy(address(new GoldReserve()), abi.encodeCall(GoldReserve.initialize, (address(manager))))
        );
        token = GoldToken(
            proxy(
                address(new GoldToken(reserve)),
                abi.encodeCall(GoldToken.initialize, (address(manager), MAX_ATTESTATION_AGE))
            )
        );
        grantRoles();
        allowRegistry();
        allowReserve();
        allowToken();
    }

    function deployManager() internal virtual returns (AccessManager) {
        return new AurumAccessManager(admin);
    }

    function proxy(address implementation, bytes memory initializerCall) internal returns (address) {
        return address(new ERC1967Proxy(implementation, initializerCall));
    }

    // --- ROLES ---

    function grantRoles() internal {
        grant(Roles.UPGRADER, upgrader);
        grant(Roles.TREASURER, treasurer);
        grant(Roles.GUARDIAN, guardian);
        grant(Roles.CUSTODIAN, custodian);
        grant(Roles.AUDITOR, auditor);
        grant(Roles.COMPLIANCE, compliance);
        grant(Roles.ISSUER, issuer);
        grant(Roles.MINTER, minter);
        grant(Roles.BURNER, burner);
        grant(Roles.BAR_ALLOCATOR, allocator);
        grant(Roles.ARBITER, arbiter);
    }

    function grant(uint64 role, address account) internal {
        vm.prank(admin);
        manager.grantRole(role, account, 0);
    }

    function allow(address target, bytes4 selector, uint64 role) internal {
        bytes4[] memory selectors = new bytes4[](1);
        selectors[0] = selector;
        vm.prank(admin);
        manager.setTargetFunctionRole(target, selectors, role);
    }

    function allowRegistry() internal {
        address target = address(registry);
        allow(target, UUPSUpgradeable.upgradeToAndCall.selector, Roles.UPGRADER);
        allow(target, InvestorRegistry.setStatus.selector, Roles.COMPLIANCE);
        allow(target, InvestorRegistry.revoke.selector, Roles.COMPLIANCE);
    }

    function allowReserve() internal {
        address target = address(reserve);
        allow(target, UUPSUpgradeable.upgradeToAndCall.selector, Roles.UPGRADER);
        allow(target, GoldReserve.book.selector, Roles.CUSTODIAN);
        allow(target, GoldReserve.bookMany.selector, Roles.CUSTODIAN);
        allow(target, GoldReserve.cancel.selector, Roles.CUSTODIAN);
        allow(target, GoldReserve.proposeReassay.selector, Roles.CUSTODIAN);
        allow(target, GoldReserve.cancelReassay.selector, Roles.CUSTODIAN);
        allow(target, GoldReserve.endorse.selector, Roles.AUDITOR);
        allow(target, GoldReserve.endorseMany.selector, Roles.AUDITOR);
        allow(target, GoldReserve.endorseReassay.selector, Roles.AUDITOR);
        allow(target, GoldReserve.attest.selector, Roles.AUDITOR);
        allow(target, GoldReserve.revokeAttestation.selector, Roles.AUDITOR);
        allow(target, GoldReserve.suspend.selector, Roles.GUARDIAN);
        allow(target, GoldReserve.reinstate.selector, Roles.TREASURER);
        allow(target, GoldReserve.withdraw.selector, Roles.TREASURER);
        allow(target, GoldReserve.commit.selector, Roles.BAR_ALLOCATOR);
        allow(target, GoldReserve.release.selector, Roles.BAR_ALLOCATOR);
        allow(target, GoldReserve.deliver.selector, Roles.BAR_ALLOCATOR);
        allow(target, GoldReserve.lose.selector, Roles.BAR_ALLOCATOR);
    }

    function allowToken() internal {
        address target = address(token);
        allow(target, UUPSUpgradeable.upgradeToAndCall.selector, Roles.UPGRADER);
        allow(target, GoldToken.mint.selector, Roles.MINTER);
        allow(target, GoldToken.burn.selector, Roles.BURNER);
        allow(target, GoldToken.pauseMinting.selector, Roles.GUARDIAN);
        allow(target, GoldToken.pauseTransfers.selector, Roles.GUARDIAN);
        allow(target, GoldToken.lowerMintLimit.selector, Roles.GUARDIAN);
        allow(target, GoldToken.lowerMaxAttestationAge.selector, Roles.GUARDIAN);
        allow(target, GoldToken.resumeMinting.selector, Roles.TREASURER);
        allow(target, GoldToken.resumeTransfers.selector, Roles.TREASURER);
        allow(target, GoldToken.raiseMintLimit.selector, Roles.TREASURER);
        allow(target, GoldToken.raiseMaxAttestationAge.selector, Roles.TREASURER);
        allow(target, GoldToken.setAccountKind.selector, Roles.TREASURER);
        allow(target, GoldToken.setFrozenTokens.selector, Roles.COMPLIANCE);
        allow(target, GoldToken.forcedTransfer.selector, Roles.ARBITER);
    }

    // --- GOLD ---

    /// @dev A kilobar-shaped booking under a serial that was not used before.
    function aBar(uint40 grossWeightMg, uint16 fineness) internal returns (IGoldReserve.BarInput memory) {
        return
            IGoldReserve.BarInput({
                refiner: "TST",
                serial: bytes32(abi.encodePacked("SYN", vm.toString(++_serials))),
                year: 2025,
                grossWeightMg: grossWeightMg,
                fineness: fineness,
                vault: "ZRH1",
                documentsHash: keccak256("documents")
            });
    }

    function bookBar(uint40 grossWeightMg, uint16 fineness) internal returns (uint256 barId) {
        IGoldReserve.BarInput memory input = aBar(grossWeightMg, fineness);
        vm.prank(custodian);
        return reserve.book(input);
    }

    /// @dev A bar of pure gold, booked and endorsed, that backs the token.
    function activeBar(uint40 fineWeightMg) internal returns (uint256 barId) {
        barId = bookBar(fineWeightMg, 10_000);
        vm.prank(auditor);
        reserve.endorse(barId, fineWeightMg);
    }

    /// @dev The auditor counts what is there, now.
    function attestReserve() internal {
        IGoldReserve.Attestation memory attestation = currentCount();
        uint64 version = reserve.listVersion();
        vm.prank(auditor);
        reserve.attest(attestation, version);
    }

    function currentCount() internal view returns (IGoldReserve.Attestation memory) {
        return
            IGoldReserve.Attestation({
                root: keccak256("list"),
                fineWeightMg: reserve.backing() + reserve.committed(),
                bars: uint32(reserve.backingBars()),
                asOf: uint48(vm.getBlockTimestamp()),
                uri: "ipfs://attestation"
            });
    }

    /// @dev Room for `account` to mint `capacity` wei of EAU in a burst, refilling over a day.
    function allowMinting(address account, uint208 capacity) internal {
        vm.prank(treasurer);
        token.raiseMintLimit(account, capacity, 1 days);
    }

    /// @dev Gold, attestation and limit for `grams`, and the tokens themselves to `to`.
    function mintBacked(address to, uint256 grams) internal {
        activeBar(uint40(grams * 1000));
        attestReserve();
        allowMinting(minter, type(uint128).max);
        vm.prank(minter);
        token.mint(to, grams * 1e18);
    }
}
