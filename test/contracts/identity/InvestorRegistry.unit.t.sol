// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Roles} from "../../../contracts/governance/Roles.sol";
import {InvestorRegistry} from "../../../contracts/identity/InvestorRegistry.sol";
import {IInvestorRegistry} from "../../../contracts/interfaces/IInvestorRegistry.sol";
import {ProxyTest} from "../lib/ProxyTest.sol";
import {TestWallet} from "../lib/TestWallet.sol";

contract InvestorRegistryTest is ProxyTest {
    address private alice = makeAddr("alice");
    address private signer;
    uint256 private signerKey;
    uint48 private expiry;

    function setUp() public {
        deployCore();
        (signer, signerKey) = makeAddrAndKey("kyc signer");
        grant(Roles.COMPLIANCE, signer);
        expiry = uint48(block.timestamp) + 365 days;
    }

    function setStatus(uint8 tier, uint48 until) private {
        vm.prank(compliance);
        registry.setStatus(alice, tier, until);
    }

    function attestationAt(uint48 issuedAt) private view returns (IInvestorRegistry.InvestorAttestation memory) {
        return IInvestorRegistry.InvestorAttestation({account: alice, tier: 2, expiry: expiry, issuedAt: issuedAt});
    }

    /// @dev Built from EIP-712's own words.
    function digest(IInvestorRegistry.InvestorAttestation memory attestation) private view returns (bytes32) {
        bytes32 domain = keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256("e-Aurum InvestorRegistry"),
                keccak256("1"),
                block.chainid,
                address(registry)
            )
        );
        bytes32 structHash = keccak256(
            abi.encode(
                keccak256("InvestorAttestation(address account,uint8 tier,uint48 expiry,uint48 issuedAt)"),
                attestation
            )
        );
        return keccak256(abi.encodePacked(hex"1901", domain, structHash));
    }

    function present(IInvestorRegistry.InvestorAttestation memory attestation, address by, uint256 key) private {
        registry.present(attestation, by, signature(key, digest(attestation)));
    }

    // --- SET AND REVOKE ---

    function test_NobodyIsEligibleAtFirst() public view {
        assertFalse(registry.isEligible(alice));
    }

    function test_SetStatus() public {
        vm.expectEmit(address(registry));
        emit IInvestorRegistry.StatusSet(alice, 1, expiry, compliance);
        setStatus(1, expiry);
        IInvestorRegistry.Status memory status = registry.statusOf(alice);
        assertEq(status.tier, 1);
        assertEq(status.expiry, expiry);
        assertFalse(status.revoked);
        assertEq(status.updatedAt, block.timestamp);
        assertTrue(registry.isEligible(alice));
    }

    function test_StatusEndsWithItsExpiry() public {
        setStatus(1, expiry);
        vm.warp(expiry - 1);
        assertTrue(registry.isEligible(alice));
        vm.warp(expiry);
        assertFalse(registry.isEligible(alice));
    }

    function test_RevokeEndsItUntilANewStatus() public {
        setStatus(1, expiry);
        skip(10);
        vm.expectEmit(address(registry));
        emit IInvestorRegistry.StatusRevoked(alice, compliance);
        vm.prank(compliance);
        registry.revoke(alice);
        assertFalse(registry.isEligible(alice));
        assertTrue(registry.statusOf(alice).revoked);
        assertEq(registry.statusOf(alice).updatedAt, block.timestamp);
        setStatus(2, expiry);
        assertTrue(registry.isEligible(alice));
        assertFalse(registry.statusOf(alice).revoked);
    }

    function test_RevertWhen_StatusIsNone() public {
        vm.expectRevert(abi.encodeWithSelector(IInvestorRegistry.TierMissing.selector, alice));
        setStatus(0, expiry);
        uint48 past = uint48(block.timestamp);
        vm.expectRevert(abi.encodeWithSelector(IInvestorRegistry.ExpiryPassed.selector, past));
        setStatus(1, past);
    }

    // --- PRESENT ---

    function test_AnyoneBringsASignedStatus() public {
        IInvestorRegistry.InvestorAttestation memory attestation = attestationAt(uint48(block.timestamp) - 5);
        assertEq(registry.attestationDigest(attestation), digest(attestation));
        vm.expectEmit(address(registry));
        emit IInvestorRegistry.StatusSet(alice, 2, expiry, signer);
        vm.prank(stranger);
        registry.present(attestation, signer, signature(signerKey, digest(attestation)));
        IInvestorRegistry.Status memory status = registry.statusOf(alice);
        assertEq(status.tier, 2);
        assertEq(status.updatedAt, block.timestamp - 5, "the day of the decision, not of its arrival");
        assertTrue(registry.isEligible(alice));
    }

    function test_AContractSignsAsCompliance() public {
        TestWallet wallet = new TestWallet(signer);
        IInvestorRegistry.InvestorAttestation memory attestation = attestationAt(uint48(block.timestamp));
        bytes memory sig = signature(signerKey, digest(attestation));
        vm.expectRevert(abi.encodeWithSelector(IInvestorRegistry.SignerNotCompliance.selector, address(wallet)));
        registry.present(attestation, address(wallet), sig);
        grant(Roles.COMPLIANCE, address(wallet));
        registry.present(attestation, address(wallet), sig);
        assertTrue(registry.isEligible(alice));
    }

    function test_RevertWhen_SignedByAnother() public {
        IInvestorRegistry.InvestorAttestation memory attestation = attestationAt(uint48(block.timestamp));
        (address mallory, uint256 malloryKey) = makeAddrAndKey("mallory");
        vm.expectRevert(abi.encodeWithSelector(IInvestorRegistry.SignerNotCompliance.selector, mallory));
        present(attestation, mallory, malloryKey);
        vm.expectRevert(abi.encodeWithSelector(IInvestorRegistry.InvalidSignature.selector, signer));
        present(attestation, signer, malloryKey);
    }

    function test_RevertWhen_TheSignerLostTheRole() public {
        IInvestorRegistry.InvestorAttestation memory attestation = attestationAt(uint48(block.timestamp));
        vm.prank(admin);
        manager.revokeRole(Roles.COMPLIANCE, signer);
        vm.expectRevert(abi.encodeWithSelector(IInvestorRegistry.SignerNotCompliance.selector, signer));
        present(attestation, signer, signerKey);
    }

    /// @dev A signer who would have to wait may not go round the wait by signing.
    function test_RevertWhen_TheSignersRoleHasADelay() public {
        vm.prank(admin);
        manager.revokeRole(Roles.COMPLIANCE, signer);
        vm.prank(admin);
        manager.grantRole(Roles.COMPLIANCE, signer, 1 days);
        IInvestorRegistry.InvestorAttestation memory attestation = attestationAt(uint48(block.timestamp));
        vm.expectRevert(abi.encodeWithSelector(IInvestorRegistry.SignerNotCompliance.selector, signer));
        present(attestation, signer, signerKey);
    }

    function test_RevertWhen_AnythingInTheAttestationIsChanged() public {
        IInvestorRegistry.InvestorAttestation memory attestation = attestationAt(uint48(block.timestamp));
        bytes memory sig = signature(signerKey, digest(attestation));
        bytes memory refused = abi.encodeWithSelector(IInvestorRegistry.InvalidSignature.selector, signer);
        attestation.account = stranger;
        vm.expectRevert(refused);
        registry.present(attestation, signer, sig);
        attestation.account = alice;
        attestation.tier = 3;
        vm.expectRevert(refused);
        registry.present(attestation, signer, sig);
        attestation.tier = 2;
        attestation.expiry += 1;
        vm.expectRevert(refused);
        registry.present(attestation, signer, sig);
        attestation.expiry -= 1;
        attestation.issuedAt -= 1;
        vm.expectRevert(refused);
        registry.present(attestation, signer, sig);
    }

    function test_RevertWhen_ForAnotherChainOrRegistry() public {
        IInvestorRegistry.InvestorAttestation memory attestation = attestationAt(uint48(block.timestamp));
        bytes memory sig = signature(signerKey, digest(attestation));
        uint256 chain = block.chainid;
        vm.chainId(97);
        vm.expectRevert(abi.encodeWithSelector(IInvestorRegistry.InvalidSignature.selector, signer));
        registry.present(attestation, signer, sig);
        vm.chainId(chain);
        registry = InvestorRegistry(
            proxy(address(new InvestorRegistry()), abi.encodeCall(InvestorRegistry.initialize, (address(manager))))
        );
        allowRegistry();
        vm.expectRevert(abi.encodeWithSelector(IInvestorRegistry.InvalidSignature.selector, signer));
        registry.present(attestation, signer, sig);
    }

    // --- THE NEWEST DECISION WINS ---

    function test_RevertWhen_BroughtTwice() public {
        uint48 issuedAt = uint48(block.timestamp);
        IInvestorRegistry.InvestorAttestation memory attestation = attestationAt(issuedAt);
        present(attestation, signer, signerKey);
        vm.expectRevert(abi.encodeWithSelector(IInvestorRegistry.AttestationNotNewer.selector, issuedAt, issuedAt));
        present(attestation, signer, signerKey);
    }

    function test_RevertWhen_OlderThanARevocation() public {
        uint48 issuedAt = uint48(block.timestamp);
        IInvestorRegistry.InvestorAttestation memory attestation = attestationAt(issuedAt);
        vm.prank(compliance);
        registry.revoke(alice); // in the same second, and of an account that had no status yet
        vm.expectRevert(abi.encodeWithSelector(IInvestorRegistry.AttestationNotNewer.selector, issuedAt, issuedAt));
        present(attestation, signer, signerKey);
        skip(1);
        present(attestationAt(issuedAt + 1), signer, signerKey);
        assertTrue(registry.isEligible(alice));
    }

    function test_RevertWhen_OlderThanALaterStatus() public {
        uint48 issuedAt = uint48(block.timestamp);
        skip(1 days);
        setStatus(1, expiry);
        uint48 updatedAt = uint48(block.timestamp);
        vm.expectRevert(abi.encodeWithSelector(IInvestorRegistry.AttestationNotNewer.selector, issuedAt, updatedAt));
        present(attestationAt(issuedAt), signer, signerKey);
    }

    function test_RevertWhen_FromTheFutureOrExpired() public {
        uint48 time = uint48(block.timestamp);
        vm.expectRevert(abi.encodeWithSelector(IInvestorRegistry.AttestationFromFuture.selector, time + 1));
        present(attestationAt(time + 1), signer, signerKey);
        vm.warp(expiry);
        vm.expectRevert(abi.encodeWithSelector(IInvestorRegistry.ExpiryPassed.selector, expiry));
        present(attestationAt(time), signer, signerKey);
    }

    /// @dev Whatever is issued and done in whatever order, the record is the newest decision's.
    function testFuzz_NewestDecisionWins(uint32[6] memory issuedAgo, uint8[6] memory steps) public {
        uint48 newest;
        bool isRevoked;
        for (uint256 i = 0; i < steps.length; ++i) {
            skip(1 days);
            uint48 time = uint48(vm.getBlockTimestamp());
            if (steps[i] % 3 == 0) {
                vm.prank(compliance);
                registry.revoke(alice);
                (newest, isRevoked) = (time, true);
            } else if (steps[i] % 3 == 1) {
                setStatus(1, expiry);
                (newest, isRevoked) = (time, false);
            } else {
                uint48 issuedAt = time - uint48(bound(issuedAgo[i], 0, 5 days));
                IInvestorRegistry.InvestorAttestation memory attestation = attestationAt(issuedAt);
                bytes memory sig = signature(signerKey, digest(attestation));
                (bool success, ) = address(registry).call(abi.encodeCall(registry.present, (attestation, signer, sig)));
                assertEq(success, issuedAt > newest);
                if (success) (newest, isRevoked) = (issuedAt, false);
            }
            assertEq(registry.statusOf(alice).updatedAt, newest);
            assertEq(registry.isEligible(alice), !isRevoked);
        }
    }

    // --- ACCESS AND PROXY ---

    function test_OnlyComplianceSetsAndRevokes() public {
        bytes[] memory calls = new bytes[](2);
        calls[0] = abi.encodeCall(registry.setStatus, (alice, 1, expiry));
        calls[1] = abi.encodeCall(registry.revoke, (alice));
        checkRestricted(address(registry), compliance, calls);
    }

    function test_InitializedOnce() public {
        checkInitializedOnce(address(registry), abi.encodeCall(InvestorRegistry.initialize, (stranger)));
    }

    function test_UpgradeKeepsTheRecords() public {
        setStatus(1, expiry);
        checkUpgrade(address(registry), address(new InvestorRegistry()));
        assertTrue(registry.isEligible(alice));
        assertEq(registry.authority(), address(manager));
    }

    function test_StorageIsWhereERC7201SaysAndPacked() public {
        bytes32 location = storageLocation("eaurum.storage.InvestorRegistry");
        assertEq(location, 0x5f83d3861bcf445c97c1663b7f3fc3bbffabd4b677b0e62bae2703183842af00);
        setStatus(3, expiry);
        uint256 record = uint256(vm.load(address(registry), keccak256(abi.encode(alice, location))));
        assertEq(uint8(record), 3);
        assertEq(uint48(record >> 8), expiry);
        assertEq(uint8(record >> 56), 0);
        assertEq(record >> 64, block.timestamp);
    }
}
