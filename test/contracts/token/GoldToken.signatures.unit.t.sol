// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ERC20PermitUpgradeable} from "@openzeppelin/contracts-upgradeable/token/ERC20/extensions/ERC20PermitUpgradeable.sol";
import {ERC3009Upgradeable} from "@openzeppelin/contracts-upgradeable/token/ERC20/extensions/draft-ERC3009Upgradeable.sol";
import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IERC3009, IERC3009Cancel} from "@openzeppelin/contracts/interfaces/draft-IERC3009.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC7943Fungible} from "../../../contracts/interfaces/IERC7943.sol";
import {IGoldToken} from "../../../contracts/interfaces/IGoldToken.sol";
import {Deploy} from "../lib/Deploy.sol";
import {TestWallet} from "../lib/TestWallet.sol";

/// @title ERC-2612, ERC-3009 and ERC-5267, from plain accounts and from ERC-1271 wallets
/// @dev The hashes are built here from the ERCs' own words, so that a slip in the contract cannot hide in a shared constant.
contract GoldTokenSignaturesTest is Deploy {
    address private alice;
    uint256 private aliceKey;
    address private bob = makeAddr("bob");
    TestWallet private wallet;
    uint256 private walletKey;
    bytes32 private constant NONCE = keccak256("a random nonce");

    function setUp() public {
        deployCore();
        (alice, aliceKey) = makeAddrAndKey("alice");
        address walletOwner;
        (walletOwner, walletKey) = makeAddrAndKey("wallet owner");
        wallet = new TestWallet(walletOwner);
        mintBacked(alice, 100);
        vm.prank(alice);
        token.transfer(address(wallet), 50e18);
    }

    // --- DIGESTS ---

    function domainSeparator() private view returns (bytes32) {
        return
            keccak256(
                abi.encode(
                    keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                    keccak256("e-Aurum Gold"),
                    keccak256("1"),
                    block.chainid,
                    address(token)
                )
            );
    }

    function digest(bytes memory message) private view returns (bytes32) {
        return keccak256(abi.encodePacked(hex"1901", domainSeparator(), keccak256(message)));
    }

    function permitDigest(
        address owner,
        uint256 value,
        uint256 nonce,
        uint256 deadline
    ) private view returns (bytes32) {
        bytes32 typeHash = keccak256(
            "Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)"
        );
        return digest(abi.encode(typeHash, owner, bob, value, nonce, deadline));
    }

    function authorizationDigest(
        string memory name,
        address from,
        address to,
        uint256 value,
        uint256 validAfter,
        uint256 validBefore
    ) private view returns (bytes32) {
        bytes32 typeHash = keccak256(
            abi.encodePacked(
                name,
                "(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce)"
            )
        );
        return digest(abi.encode(typeHash, from, to, value, validAfter, validBefore, NONCE));
    }

    function transferDigest(address from, uint256 validAfter, uint256 validBefore) private view returns (bytes32) {
        return authorizationDigest("TransferWithAuthorization", from, bob, 7e18, validAfter, validBefore);
    }

    function receiveDigest(address from) private view returns (bytes32) {
        return authorizationDigest("ReceiveWithAuthorization", from, bob, 7e18, 0, type(uint256).max);
    }

    function cancelDigest(address authorizer) private view returns (bytes32) {
        return
            digest(abi.encode(keccak256("CancelAuthorization(address authorizer,bytes32 nonce)"), authorizer, NONCE));
    }

    function test_DomainIsAsERC5267Tells() public view {
        (bytes1 fields, string memory name, string memory version, uint256 chainId, address verifying, , ) = token
            .eip712Domain();
        assertEq(bytes32(fields), bytes32(bytes1(0x0f)));
        assertEq(name, "e-Aurum Gold");
        assertEq(version, "1");
        assertEq(chainId, block.chainid);
        assertEq(verifying, address(token));
        assertEq(token.DOMAIN_SEPARATOR(), domainSeparator());
    }

    function test_DomainFollowsTheChain() public {
        vm.chainId(97);
        assertEq(token.DOMAIN_SEPARATOR(), domainSeparator());
    }

    // --- ERC-2612 ---

    function test_Permit() public {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(aliceKey, permitDigest(alice, 5e18, 0, block.timestamp));
        vm.expectEmit(address(token));
        emit IERC20.Approval(alice, bob, 5e18);
        token.permit(alice, bob, 5e18, block.timestamp, v, r, s);
        assertEq(token.allowance(alice, bob), 5e18);
        assertEq(token.nonces(alice), 1);
    }

    function test_RevertWhen_PermitIsReplayed() public {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(aliceKey, permitDigest(alice, 5e18, 0, block.timestamp));
        token.permit(alice, bob, 5e18, block.timestamp, v, r, s);
        vm.expectPartialRevert(ERC20PermitUpgradeable.ERC2612InvalidSigner.selector);
        token.permit(alice, bob, 5e18, block.timestamp, v, r, s);
        vm.expectRevert(
            abi.encodeWithSelector(ERC20PermitUpgradeable.ERC2612InvalidSigner.selector, address(0), alice)
        );
        token.permit(alice, bob, 5e18, block.timestamp, abi.encodePacked(r, s, v));
    }

    function test_PermitAsBytes() public {
        bytes memory sig = signature(aliceKey, permitDigest(alice, 5e18, 0, block.timestamp));
        token.permit(alice, bob, 5e18, block.timestamp, sig);
        assertEq(token.allowance(alice, bob), 5e18);
    }

    function test_PermitByAContractWallet() public {
        bytes32 hash = permitDigest(address(wallet), 5e18, 0, block.timestamp);
        token.permit(address(wallet), bob, 5e18, block.timestamp, signature(walletKey, hash));
        vm.prank(bob);
        token.transferFrom(address(wallet), bob, 5e18);
        assertEq(token.balanceOf(bob), 5e18);
        assertEq(token.nonces(address(wallet)), 1);
    }

    function test_RevertWhen_PermitIsLate() public {
        uint256 deadline = block.timestamp - 1;
        bytes memory sig = signature(aliceKey, permitDigest(alice, 5e18, 0, deadline));
        bytes memory late = abi.encodeWithSelector(ERC20PermitUpgradeable.ERC2612ExpiredSignature.selector, deadline);
        vm.expectRevert(late);
        token.permit(alice, bob, 5e18, deadline, sig);
        vm.expectRevert(late);
        token.permit(alice, bob, 5e18, deadline, 27, bytes32(0), bytes32(0));
    }

    function test_RevertWhen_PermitIsSignedByAnother() public {
        bytes32 hash = permitDigest(alice, 5e18, 0, block.timestamp);
        vm.expectRevert(
            abi.encodeWithSelector(ERC20PermitUpgradeable.ERC2612InvalidSigner.selector, address(0), alice)
        );
        token.permit(alice, bob, 5e18, block.timestamp, signature(walletKey, hash));

        hash = permitDigest(address(wallet), 5e18, 0, block.timestamp);
        vm.expectRevert(
            abi.encodeWithSelector(ERC20PermitUpgradeable.ERC2612InvalidSigner.selector, address(0), address(wallet))
        );
        token.permit(address(wallet), bob, 5e18, block.timestamp, signature(aliceKey, hash));
    }

    function test_RevertWhen_PermitForNobody() public {
        vm.expectRevert(
            abi.encodeWithSelector(ERC20PermitUpgradeable.ERC2612InvalidSigner.selector, address(0), address(0))
        );
        token.permit(address(0), bob, 5e18, block.timestamp, new bytes(65));
    }

    function test_RevertWhen_SignatureIsMalleated() public {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(aliceKey, permitDigest(alice, 5e18, 0, block.timestamp));
        uint256 order = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141;
        bytes32 otherS = bytes32(order - uint256(s));
        uint8 otherV = v == 27 ? 28 : 27;
        vm.expectRevert();
        token.permit(alice, bob, 5e18, block.timestamp, otherV, r, otherS);
        vm.expectPartialRevert(ERC20PermitUpgradeable.ERC2612InvalidSigner.selector);
        token.permit(alice, bob, 5e18, block.timestamp, abi.encodePacked(r, otherS, otherV));
    }

    // --- ERC-3009: TRANSFER ---

    function test_TransferWithAuthorization() public {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(aliceKey, transferDigest(alice, 0, type(uint256).max));
        vm.expectEmit(address(token));
        emit IERC3009.AuthorizationUsed(alice, NONCE);
        vm.expectEmit(address(token));
        emit IERC20.Transfer(alice, bob, 7e18);
        token.transferWithAuthorization(alice, bob, 7e18, 0, type(uint256).max, NONCE, v, r, s);
        assertEq(token.balanceOf(bob), 7e18);
        assertTrue(token.authorizationState(alice, NONCE));
    }

    function test_RevertWhen_AuthorizationIsReplayedInEitherForm() public {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(aliceKey, transferDigest(alice, 0, type(uint256).max));
        token.transferWithAuthorization(alice, bob, 7e18, 0, type(uint256).max, NONCE, v, r, s);
        bytes memory used = abi.encodeWithSelector(ERC3009Upgradeable.ERC3009UsedAuthorization.selector, alice, NONCE);
        vm.expectRevert(used);
        token.transferWithAuthorization(alice, bob, 7e18, 0, type(uint256).max, NONCE, v, r, s);
        vm.expectRevert(used);
        token.transferWithAuthorization(alice, bob, 7e18, 0, type(uint256).max, NONCE, abi.encodePacked(r, s, v));
    }

    function test_TransferWithAuthorizationOfAContractWallet() public {
        bytes32 hash = transferDigest(address(wallet), 0, type(uint256).max);
        token.transferWithAuthorization(
            address(wallet),
            bob,
            7e18,
            0,
            type(uint256).max,
            NONCE,
            signature(walletKey, hash)
        );
        assertEq(token.balanceOf(bob), 7e18);
    }

    function test_RevertWhen_AuthorizationIsSignedByAnother() public {
        bytes memory sig = signature(walletKey, transferDigest(alice, 0, type(uint256).max));
        vm.expectRevert(ERC3009Upgradeable.ERC3009InvalidSignature.selector);
        token.transferWithAuthorization(alice, bob, 7e18, 0, type(uint256).max, NONCE, sig);
    }

    function test_RevertWhen_AuthorizationIsEarlyOrLate() public {
        uint256 time = block.timestamp;
        bytes memory early = signature(aliceKey, transferDigest(alice, time, time + 10));
        vm.expectRevert(
            abi.encodeWithSelector(ERC3009Upgradeable.ERC3009InvalidAuthorizationTime.selector, time, time + 10)
        );
        token.transferWithAuthorization(alice, bob, 7e18, time, time + 10, NONCE, early);
        skip(10);
        vm.expectRevert(
            abi.encodeWithSelector(ERC3009Upgradeable.ERC3009InvalidAuthorizationTime.selector, time, time + 10)
        );
        token.transferWithAuthorization(alice, bob, 7e18, time, time + 10, NONCE, early);
        vm.warp(time + 1);
        token.transferWithAuthorization(alice, bob, 7e18, time, time + 10, NONCE, early);
    }

    function test_AuthorizationStopsAtFreezeAndPause() public {
        bytes memory sig = signature(aliceKey, transferDigest(alice, 0, type(uint256).max));
        vm.prank(compliance);
        token.setFrozenTokens(alice, type(uint256).max);
        vm.expectRevert(
            abi.encodeWithSelector(
                IERC7943Fungible.ERC7943InsufficientUnfrozenBalance.selector,
                alice,
                uint256(7e18),
                0
            )
        );
        token.transferWithAuthorization(alice, bob, 7e18, 0, type(uint256).max, NONCE, sig);
        vm.prank(compliance);
        token.setFrozenTokens(alice, 0);
        vm.prank(guardian);
        token.pauseTransfers(1 hours);
        vm.expectRevert(abi.encodeWithSelector(IGoldToken.TransfersArePaused.selector, token.transfersPausedUntil()));
        token.transferWithAuthorization(alice, bob, 7e18, 0, type(uint256).max, NONCE, sig);
        assertFalse(token.authorizationState(alice, NONCE), "a failed call uses nothing up");
    }

    // --- ERC-3009: RECEIVE ---

    function test_ReceiveWithAuthorization() public {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(aliceKey, receiveDigest(alice));
        vm.prank(bob);
        token.receiveWithAuthorization(alice, bob, 7e18, 0, type(uint256).max, NONCE, v, r, s);
        assertEq(token.balanceOf(bob), 7e18);
    }

    function test_ReceiveWithAuthorizationOfAContractWallet() public {
        bytes memory sig = signature(walletKey, receiveDigest(address(wallet)));
        vm.prank(bob);
        token.receiveWithAuthorization(address(wallet), bob, 7e18, 0, type(uint256).max, NONCE, sig);
        assertEq(token.balanceOf(bob), 7e18);
    }

    function test_RevertWhen_AnotherThanThePayeeReceives() public {
        bytes memory sig = signature(aliceKey, receiveDigest(alice));
        vm.expectRevert(abi.encodeWithSelector(IERC20Errors.ERC20InvalidReceiver.selector, bob));
        token.receiveWithAuthorization(alice, bob, 7e18, 0, type(uint256).max, NONCE, sig);
    }

    function test_RevertWhen_AReceiveIsBroughtAsATransfer() public {
        bytes memory sig = signature(aliceKey, receiveDigest(alice));
        vm.expectRevert(ERC3009Upgradeable.ERC3009InvalidSignature.selector);
        token.transferWithAuthorization(alice, bob, 7e18, 0, type(uint256).max, NONCE, sig);
        sig = signature(aliceKey, transferDigest(alice, 0, type(uint256).max));
        vm.expectRevert(ERC3009Upgradeable.ERC3009InvalidSignature.selector);
        vm.prank(bob);
        token.receiveWithAuthorization(alice, bob, 7e18, 0, type(uint256).max, NONCE, sig);
    }

    // --- ERC-3009: CANCEL ---

    function test_CancelAuthorization() public {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(aliceKey, cancelDigest(alice));
        vm.expectEmit(address(token));
        emit IERC3009Cancel.AuthorizationCanceled(alice, NONCE);
        token.cancelAuthorization(alice, NONCE, v, r, s);
        bytes memory sig = signature(aliceKey, transferDigest(alice, 0, type(uint256).max));
        vm.expectRevert(abi.encodeWithSelector(ERC3009Upgradeable.ERC3009UsedAuthorization.selector, alice, NONCE));
        token.transferWithAuthorization(alice, bob, 7e18, 0, type(uint256).max, NONCE, sig);
    }

    function test_CancelAuthorizationOfAContractWallet() public {
        token.cancelAuthorization(address(wallet), NONCE, signature(walletKey, cancelDigest(address(wallet))));
        assertTrue(token.authorizationState(address(wallet), NONCE));
    }

    function test_RevertWhen_AnotherCancels() public {
        bytes memory sig = signature(walletKey, cancelDigest(alice));
        vm.expectRevert(ERC3009Upgradeable.ERC3009InvalidSignature.selector);
        token.cancelAuthorization(alice, NONCE, sig);
    }
}
