// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IGoldToken} from "../../../contracts/interfaces/IGoldToken.sol";
import {Deploy} from "../lib/Deploy.sol";

/// @title Minting: reserve, attestation, rate limit, pause; and burning
contract GoldTokenMintTest is Deploy {
    address private alice = makeAddr("alice");

    function setUp() public {
        deployCore();
        activeBar(1_000_000); // 1 kg
        attestReserve();
        allowMinting(minter, 5_000e18);
    }

    function mint(uint256 amount) private {
        vm.prank(minter);
        token.mint(alice, amount);
    }

    // --- RESERVE ---

    function test_MintsUpToTheLastMilligram() public {
        assertEq(token.mintable(), 1000e18);
        vm.expectEmit(address(token));
        emit IERC20.Transfer(address(0), alice, 1000e18);
        mint(1000e18);
        assertEq(token.balanceOf(alice), 1000e18);
        assertEq(token.totalSupply(), 1000e18);
        assertEq(token.mintable(), 0);
    }

    function test_RevertWhen_OneWeiOverTheReserve() public {
        vm.expectRevert(
            abi.encodeWithSelector(IGoldToken.ReserveExceeded.selector, 0, uint256(1000e18) + 1, uint256(1000e18))
        );
        mint(1000e18 + 1);
    }

    function test_RevertWhen_AmountWouldOverflow() public {
        mint(1e18);
        vm.expectRevert(
            abi.encodeWithSelector(IGoldToken.ReserveExceeded.selector, 1e18, type(uint256).max, uint256(1000e18))
        );
        mint(type(uint256).max);
    }

    function test_CommittedBarsStillCoverTheirEscrow() public {
        mint(600e18);
        uint256 barId = activeBar(500_000);
        vm.prank(allocator);
        reserve.commit(barId, 1);
        assertEq(token.mintable(), 900e18);
        mint(900e18);
    }

    function test_RevertWhen_ALossLeavesAShortfall() public {
        uint256 barId = activeBar(500_000);
        mint(1400e18);
        vm.startPrank(allocator);
        reserve.commit(barId, 1);
        reserve.lose(barId, 1);
        vm.stopPrank();
        assertEq(token.mintable(), 0);
        vm.expectRevert(
            abi.encodeWithSelector(IGoldToken.ReserveExceeded.selector, uint256(1400e18), 1, uint256(1000e18))
        );
        mint(1);
    }

    // --- ATTESTATION ---

    function test_MintsUntilTheAttestationIsTooOld() public {
        uint48 attestedAt = uint48(block.timestamp);
        skip(MAX_ATTESTATION_AGE);
        mint(1e18);
        skip(1);
        vm.expectRevert(abi.encodeWithSelector(IGoldToken.AttestationTooOld.selector, attestedAt, MAX_ATTESTATION_AGE));
        mint(1e18);
    }

    function test_RevertWhen_NeverAttestedOrRevoked() public {
        vm.prank(auditor);
        reserve.revokeAttestation();
        vm.expectRevert(abi.encodeWithSelector(IGoldToken.AttestationTooOld.selector, 0, MAX_ATTESTATION_AGE));
        mint(1e18);
    }

    /// @dev "Never" is not a date that a long enough age reaches back to.
    function test_RevertWhen_NeverAttestedHoweverLongTheAge() public {
        vm.prank(auditor);
        reserve.revokeAttestation();
        vm.prank(treasurer);
        token.raiseMaxAttestationAge(type(uint48).max);
        vm.expectRevert(abi.encodeWithSelector(IGoldToken.AttestationTooOld.selector, 0, type(uint48).max));
        mint(1e18);
    }

    function test_LowerAndRaiseMaxAttestationAge() public {
        vm.expectEmit(address(token));
        emit IGoldToken.MaxAttestationAgeChanged(MAX_ATTESTATION_AGE, 1 days);
        vm.prank(guardian);
        token.lowerMaxAttestationAge(1 days);
        assertEq(token.maxAttestationAge(), 1 days);

        vm.expectRevert(abi.encodeWithSelector(IGoldToken.NotLower.selector, 1 days, 1 days));
        vm.prank(guardian);
        token.lowerMaxAttestationAge(1 days);

        vm.expectRevert(abi.encodeWithSelector(IGoldToken.NotHigher.selector, 1 days, 1 days));
        vm.prank(treasurer);
        token.raiseMaxAttestationAge(1 days);

        vm.prank(treasurer);
        token.raiseMaxAttestationAge(2 days);
        assertEq(token.maxAttestationAge(), 2 days);
    }

    // --- RATE LIMIT ---

    function test_LimitOfZeroMeansNothing() public {
        address newMinter = makeAddr("new minter");
        grant(8, newMinter);
        (uint208 capacity, uint48 window, uint256 available) = token.mintLimitOf(newMinter);
        assertEq(uint256(capacity) + window + available, 0);
        vm.expectRevert(abi.encodeWithSelector(IGoldToken.MintLimitExceeded.selector, newMinter, 1, 0));
        vm.prank(newMinter);
        token.mint(alice, 1);
    }

    function test_LimitRefillsOverItsWindow() public {
        allowMinting(minter, 100e18);
        mint(100e18);
        vm.expectRevert(abi.encodeWithSelector(IGoldToken.MintLimitExceeded.selector, minter, 1, 0));
        mint(1);
        skip(6 hours);
        (, , uint256 available) = token.mintLimitOf(minter);
        assertEq(available, 25e18);
        mint(25e18);
        skip(10 days);
        (, , available) = token.mintLimitOf(minter);
        assertEq(available, 100e18, "never more than the capacity");
    }

    function test_LimitsAreEachMintersOwn() public {
        address other = makeAddr("other");
        grant(8, other);
        allowMinting(minter, 10e18);
        allowMinting(other, 10e18);
        mint(10e18);
        vm.prank(other);
        token.mint(alice, 10e18);
    }

    function test_GuardianLowersALimit() public {
        vm.expectEmit(address(token));
        emit IGoldToken.MintLimitChanged(minter, 1e18, 1 days);
        vm.prank(guardian);
        token.lowerMintLimit(minter, 1e18);
        vm.expectRevert(abi.encodeWithSelector(IGoldToken.MintLimitExceeded.selector, minter, 2e18, 1e18));
        mint(2e18);
        mint(1e18);

        vm.expectRevert(abi.encodeWithSelector(IGoldToken.NotLower.selector, 1e18, 1e18));
        vm.prank(guardian);
        token.lowerMintLimit(minter, 1e18);

        vm.prank(guardian);
        token.lowerMintLimit(minter, 0);
        skip(365 days);
        (uint208 capacity, , uint256 available) = token.mintLimitOf(minter);
        assertEq(capacity + available, 0);
    }

    function test_RaisingDoesNotRefillThePast() public {
        allowMinting(minter, 10e18);
        mint(10e18);
        skip(12 hours); // half of 10 came back
        allowMinting(minter, 1000e18);
        (, , uint256 available) = token.mintLimitOf(minter);
        assertEq(available, 995e18);
    }

    function test_RevertWhen_LimitHasNoWindow() public {
        vm.prank(treasurer);
        vm.expectRevert(IGoldToken.WindowMissing.selector);
        token.raiseMintLimit(minter, 1, 0);
        vm.prank(treasurer);
        token.raiseMintLimit(minter, 0, 0);
    }

    // --- PAUSE ---

    function test_MintingPauseEndsByItself() public {
        uint48 until = uint48(block.timestamp) + 1 days;
        vm.expectEmit(address(token));
        emit IGoldToken.MintingPaused(guardian, until);
        vm.prank(guardian);
        token.pauseMinting(1 days);
        assertEq(token.mintingPausedUntil(), until);

        vm.expectRevert(abi.encodeWithSelector(IGoldToken.MintingIsPaused.selector, until));
        mint(1e18);
        skip(1 days);
        mint(1e18);
    }

    function test_MintingPauseIsNotShortenedByAnother() public {
        vm.startPrank(guardian);
        token.pauseMinting(7 days);
        token.pauseMinting(1);
        vm.stopPrank();
        assertEq(token.mintingPausedUntil(), block.timestamp + 7 days);
    }

    function test_MintingPauseCanBeExtendedAndLifted() public {
        vm.prank(guardian);
        token.pauseMinting(7 days);
        skip(6 days);
        vm.prank(guardian);
        token.pauseMinting(7 days);
        assertEq(token.mintingPausedUntil(), block.timestamp + 7 days);
        vm.expectEmit(address(token));
        emit IGoldToken.MintingResumed(treasurer);
        vm.prank(treasurer);
        token.resumeMinting();
        mint(1e18);
    }

    function test_RevertWhen_MintingPauseHasAnOddDuration() public {
        vm.startPrank(guardian);
        vm.expectRevert(abi.encodeWithSelector(IGoldToken.PauseDurationOutOfRange.selector, 0, 7 days));
        token.pauseMinting(0);
        vm.expectRevert(abi.encodeWithSelector(IGoldToken.PauseDurationOutOfRange.selector, 7 days + 1, 7 days));
        token.pauseMinting(7 days + 1);
    }

    function test_MintingGoesOnWhileTransfersArePaused() public {
        vm.prank(guardian);
        token.pauseTransfers(1 hours);
        mint(1e18);
    }

    // --- TO WHOM ---

    function test_RevertWhen_MintingToNobody() public {
        vm.expectRevert(abi.encodeWithSelector(IERC20Errors.ERC20InvalidReceiver.selector, address(0)));
        vm.prank(minter);
        token.mint(address(0), 1);
    }

    function test_AFrozenAccountReceives() public {
        vm.prank(compliance);
        token.setFrozenTokens(alice, type(uint256).max);
        mint(1e18);
        assertEq(token.balanceOf(alice), 1e18);
    }

    // --- BURN ---

    function test_BurnsTheCallersOwn() public {
        vm.prank(minter);
        token.mint(burner, 10e18);
        vm.prank(burner);
        token.burn(4e18);
        assertEq(token.balanceOf(burner), 6e18);
        assertEq(token.totalSupply(), 6e18);
        assertEq(token.mintable(), 994e18);
    }

    function test_RevertWhen_BurningMoreThanOwned() public {
        vm.expectRevert(abi.encodeWithSelector(IERC20Errors.ERC20InsufficientBalance.selector, burner, 0, 1));
        vm.prank(burner);
        token.burn(1);
    }
}
