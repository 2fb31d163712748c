// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";
import {IERC721Metadata} from "@openzeppelin/contracts/token/ERC721/extensions/IERC721Metadata.sol";
import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";
import {Deploy} from "../lib/Deploy.sol";
import {TestWallet} from "../lib/TestWallet.sol";

/// @title A bar's certificate as ERC-721: locked with the reserve until delivery, then its holder's
contract GoldReserveCertificateTest is Deploy {
    address private alice = makeAddr("alice");
    address private bob = makeAddr("bob");

    function setUp() public {
        deployCore();
    }

    function delivered(address to) private returns (uint256 barId) {
        barId = activeBar(1_000_000);
        vm.startPrank(allocator);
        reserve.commit(barId, 1);
        reserve.deliver(barId, 1, to);
        vm.stopPrank();
    }

    function assertNobodys(uint256 barId) private {
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721NonexistentToken.selector, barId));
        reserve.ownerOf(barId);
    }

    function test_NameSymbolAndInterfaces() public view {
        assertEq(reserve.name(), "e-Aurum Bar");
        assertEq(reserve.symbol(), "EAUBAR");
        assertTrue(reserve.supportsInterface(type(IERC721).interfaceId));
        assertTrue(reserve.supportsInterface(type(IERC721Metadata).interfaceId));
        assertTrue(reserve.supportsInterface(type(IERC165).interfaceId));
        assertFalse(reserve.supportsInterface(0xffffffff));
    }

    function test_ThereIsNoneBeforeTheEndorsement() public {
        uint256 barId = bookBar(1_000_000, 10_000);
        assertNobodys(barId);
        assertEq(reserve.balanceOf(address(reserve)), 0);
    }

    function test_EndorsementCreatesItForTheReserve() public {
        uint256 barId = bookBar(1_000_000, 10_000);
        vm.expectEmit(address(reserve));
        emit IERC721.Transfer(address(0), address(reserve), barId);
        vm.prank(auditor);
        reserve.endorse(barId, 1_000_000);
        assertEq(reserve.ownerOf(barId), address(reserve));
        assertEq(reserve.balanceOf(address(reserve)), 1);
        assertEq(reserve.tokenURI(barId), "");
    }

    function test_ItStaysThroughSuspensionAndCommitment() public {
        uint256 barId = activeBar(1_000_000);
        vm.prank(guardian);
        reserve.suspend(barId, "");
        assertEq(reserve.ownerOf(barId), address(reserve));
        vm.prank(treasurer);
        reserve.reinstate(barId);
        vm.prank(allocator);
        reserve.commit(barId, 1);
        assertEq(reserve.ownerOf(barId), address(reserve));
        assertEq(reserve.balanceOf(address(reserve)), 1);
    }

    function test_RevertWhen_MovingALockedOne() public {
        uint256 barId = activeBar(1_000_000);
        address[4] memory everyone = [alice, custodian, allocator, admin];
        for (uint256 i = 0; i < everyone.length; ++i) {
            vm.startPrank(everyone[i]);
            vm.expectRevert(
                abi.encodeWithSelector(IERC721Errors.ERC721InsufficientApproval.selector, everyone[i], barId)
            );
            reserve.transferFrom(address(reserve), alice, barId);
            vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721InvalidApprover.selector, everyone[i]));
            reserve.approve(everyone[i], barId);
            vm.stopPrank();
        }
    }

    function test_DeliveryHandsItOver() public {
        uint256 barId = activeBar(1_000_000);
        vm.startPrank(allocator);
        reserve.commit(barId, 1);
        vm.expectEmit(address(reserve));
        emit IERC721.Transfer(address(reserve), alice, barId);
        reserve.deliver(barId, 1, alice);
        vm.stopPrank();
        assertEq(reserve.ownerOf(barId), alice);
        assertEq(reserve.balanceOf(alice), 1);
        assertEq(reserve.balanceOf(address(reserve)), 0);
    }

    function test_DeliveredItMovesFreely() public {
        uint256 barId = delivered(alice);
        vm.prank(alice);
        reserve.approve(bob, barId);
        vm.prank(bob);
        reserve.safeTransferFrom(alice, bob, barId);
        assertEq(reserve.ownerOf(barId), bob);
        assertEq(reserve.balanceOf(alice), 0);
        vm.prank(bob);
        reserve.transferFrom(bob, alice, barId);
        assertEq(reserve.ownerOf(barId), alice);
    }

    /// @dev A contract that cannot receive certificates gets its own all the same: it cannot block a delivery.
    function test_AContractThatRefusesDoesNotBlockDelivery() public {
        TestWallet wallet = new TestWallet(alice);
        uint256 barId = delivered(address(wallet));
        assertEq(reserve.ownerOf(barId), address(wallet));
        wallet.call(address(reserve), abi.encodeCall(reserve.transferFrom, (address(wallet), bob, barId)));
        assertEq(reserve.ownerOf(barId), bob);
    }

    function test_RevertWhen_DeliveringToNobody() public {
        uint256 barId = activeBar(1_000_000);
        vm.startPrank(allocator);
        reserve.commit(barId, 1);
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721InvalidReceiver.selector, address(0)));
        reserve.deliver(barId, 1, address(0));
    }

    function test_LossAndWithdrawalEndIt() public {
        uint256 lost = activeBar(1_000_000);
        uint256 withdrawn = activeBar(1_000_000);
        vm.startPrank(allocator);
        reserve.commit(lost, 1);
        vm.expectEmit(address(reserve));
        emit IERC721.Transfer(address(reserve), address(0), lost);
        reserve.lose(lost, 1);
        vm.stopPrank();
        vm.expectEmit(address(reserve));
        emit IERC721.Transfer(address(reserve), address(0), withdrawn);
        vm.prank(treasurer);
        reserve.withdraw(withdrawn, "");
        assertNobodys(lost);
        assertNobodys(withdrawn);
        assertEq(reserve.balanceOf(address(reserve)), 0);
    }
}
