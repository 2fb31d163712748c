// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";
import {Roles} from "../../../contracts/governance/Roles.sol";
import {IGoldReserve} from "../../../contracts/interfaces/IGoldReserve.sol";
import {GoldReserve} from "../../../contracts/reserve/GoldReserve.sol";
import {Deploy} from "../lib/Deploy.sol";

/// @title A bar from its booking to its end, and what backs the token at each step
contract GoldReserveBarsTest is Deploy {
    address private alice = makeAddr("alice");
    uint40 private constant KILOBAR = 1_000_000;
    uint256 private constant REDEMPTION = 7;

    function setUp() public {
        deployCore();
    }

    function stateOf(uint256 barId) private view returns (IGoldReserve.BarState) {
        return reserve.bar(barId).state;
    }

    function assertState(uint256 barId, IGoldReserve.BarState state) private view {
        assertEq(uint256(stateOf(barId)), uint256(state), "state");
    }

    function assertBacking(uint256 backingMg, uint256 committedMg, uint256 bars) private view {
        assertEq(reserve.backing(), backingMg, "B");
        assertEq(reserve.committed(), committedMg, "C");
        assertEq(reserve.backingBars(), bars, "bars");
        (uint256 backedMg, ) = reserve.mintBasis();
        assertEq(backedMg, backingMg + committedMg, "B + C");
    }

    function wrongState(uint256 barId) private view returns (bytes memory) {
        return abi.encodeWithSelector(IGoldReserve.WrongBarState.selector, barId, stateOf(barId));
    }

    function endorse(uint256 barId) private {
        uint256 weight = reserve.bar(barId).fineWeightMg;
        vm.prank(auditor);
        reserve.endorse(barId, weight);
    }

    function suspend(uint256 barId) private {
        vm.prank(guardian);
        reserve.suspend(barId, "under review");
    }

    function commit(uint256 barId) private returns (uint256) {
        vm.prank(allocator);
        return reserve.commit(barId, REDEMPTION);
    }

    function deliver(uint256 barId) private {
        vm.prank(allocator);
        reserve.deliver(barId, REDEMPTION, alice);
    }

    // --- BOOKING ---

    function test_BookRecordsTheBarAndBacksNothing() public {
        IGoldReserve.BarInput memory input = aBar(12_441_390, 9958);
        uint256 barId = reserve.barIdOf(input.refiner, input.serial, input.year);
        vm.expectEmit(address(reserve));
        emit IGoldReserve.BarBooked(barId, custodian, input, 12_389_136);
        vm.prank(custodian);
        assertEq(reserve.book(input), barId);

        IGoldReserve.Bar memory bar = reserve.bar(barId);
        assertEq(bytes32(bar.refiner), bytes32(input.refiner));
        assertEq(bar.serial, input.serial);
        assertEq(bar.year, input.year);
        assertEq(bar.grossWeightMg, 12_441_390);
        assertEq(bar.fineness, 9958);
        assertEq(bar.fineWeightMg, 12_389_136); // 12,389,136.162 rounded down
        assertEq(bytes32(bar.vault), bytes32(input.vault));
        assertEq(bar.documentsHash, input.documentsHash);
        assertState(barId, IGoldReserve.BarState.Pending);
        assertBacking(0, 0, 0);
        assertEq(reserve.barCount(), 1);
    }

    function test_IdIsTheHashOfTheMarks() public view {
        uint256 id = reserve.barIdOf("DXA", "123456", 2023);
        assertEq(id, uint256(keccak256(abi.encode(bytes8("DXA"), bytes32("123456"), uint16(2023)))));
        assertNotEq(id, reserve.barIdOf("DXA", "123456", 2024));
        assertNotEq(id, reserve.barIdOf("DXB", "123456", 2023));
        assertNotEq(id, reserve.barIdOf("DXA", "123457", 2023));
    }

    function test_RevertWhen_OneBarIsBookedTwice() public {
        IGoldReserve.BarInput memory input = aBar(KILOBAR, 9999);
        vm.startPrank(custodian);
        uint256 barId = reserve.book(input);
        input.grossWeightMg = 2 * KILOBAR;
        vm.expectRevert(
            abi.encodeWithSelector(IGoldReserve.BarAlreadyBooked.selector, barId, IGoldReserve.BarState.Pending)
        );
        reserve.book(input);
    }

    function test_RevertWhen_ADeliveredBarIsBookedAgain() public {
        IGoldReserve.BarInput memory input = aBar(KILOBAR, 10_000);
        vm.prank(custodian);
        uint256 barId = reserve.book(input);
        endorse(barId);
        commit(barId);
        deliver(barId);
        vm.expectRevert(
            abi.encodeWithSelector(IGoldReserve.BarAlreadyBooked.selector, barId, IGoldReserve.BarState.Delivered)
        );
        vm.prank(custodian);
        reserve.book(input);
    }

    function test_ACancelledBookingIsMadeAgain() public {
        IGoldReserve.BarInput memory input = aBar(KILOBAR, 9999);
        vm.startPrank(custodian);
        uint256 barId = reserve.book(input);
        vm.expectEmit(address(reserve));
        emit IGoldReserve.BarCancelled(barId, custodian);
        reserve.cancel(barId);
        assertState(barId, IGoldReserve.BarState.Cancelled);
        input.fineness = 9995;
        assertEq(reserve.book(input), barId);
        vm.stopPrank();
        assertEq(reserve.barCount(), 1, "listed once");
        assertEq(reserve.bar(barId).fineWeightMg, 999_500);
        assertState(barId, IGoldReserve.BarState.Pending);
    }

    function test_RevertWhen_MarksAreNotSpeltTheOneWay() public {
        bytes32[6] memory bad = [
            bytes32(0),
            bytes32("dxa"),
            bytes32(" DXA"),
            bytes32("DX A"),
            bytes32(uint256(bytes32("DXA")) >> 8),
            bytes32(abi.encodePacked("D", bytes1(0), "A"))
        ];
        IGoldReserve.BarInput memory input = aBar(KILOBAR, 9999);
        vm.startPrank(custodian);
        for (uint256 i = 0; i < bad.length; ++i) {
            bytes memory refused = abi.encodeWithSelector(IGoldReserve.InvalidCode.selector, bad[i]);
            input = aBar(KILOBAR, 9999);
            input.serial = bad[i];
            vm.expectRevert(refused);
            reserve.book(input);
            input = aBar(KILOBAR, 9999);
            input.refiner = bytes8(bad[i]);
            vm.expectRevert(refused);
            reserve.book(input);
            input = aBar(KILOBAR, 9999);
            input.vault = bytes4(bad[i]);
            vm.expectRevert(refused);
            reserve.book(input);
        }
        input = aBar(KILOBAR, 9999);
        input.serial = hex"C384"; // not ASCII
        vm.expectRevert(abi.encodeWithSelector(IGoldReserve.InvalidCode.selector, input.serial));
        reserve.book(input);
        input.serial = "A-1/2.B_0123456789ABCDEFGHIJKLMN"; // all 32 bytes
        reserve.book(input);
    }

    function test_RevertWhen_WeightOrDocumentsAreMissing() public {
        vm.startPrank(custodian);
        IGoldReserve.BarInput memory input = aBar(KILOBAR, 10_001);
        vm.expectRevert(abi.encodeWithSelector(IGoldReserve.InvalidWeight.selector, KILOBAR, 10_001));
        reserve.book(input);
        input = aBar(KILOBAR, 0);
        vm.expectRevert(abi.encodeWithSelector(IGoldReserve.InvalidWeight.selector, KILOBAR, 0));
        reserve.book(input);
        input = aBar(1, 9999); // less than a milligram of gold
        vm.expectRevert(abi.encodeWithSelector(IGoldReserve.InvalidWeight.selector, 1, 9999));
        reserve.book(input);
        input = aBar(KILOBAR, 9999);
        input.documentsHash = 0;
        vm.expectRevert(IGoldReserve.DocumentsMissing.selector);
        reserve.book(input);
    }

    function test_BookManyAndEndorseMany() public {
        IGoldReserve.BarInput[] memory inputs = new IGoldReserve.BarInput[](3);
        uint256[] memory weights = new uint256[](3);
        for (uint256 i = 0; i < 3; ++i) {
            inputs[i] = aBar(KILOBAR * uint40(i + 1), 9999);
            weights[i] = 999_900 * (i + 1);
        }
        vm.prank(custodian);
        uint256[] memory barIds = reserve.bookMany(inputs);
        vm.expectEmit(address(reserve));
        emit IGoldReserve.BackingChanged(999_900 * 6, 0);
        vm.prank(auditor);
        reserve.endorseMany(barIds, weights);
        assertBacking(999_900 * 6, 0, 3);
        assertEq(reserve.listVersion(), 3);

        vm.expectRevert(abi.encodeWithSelector(IGoldReserve.LengthMismatch.selector, 3, 2));
        vm.prank(auditor);
        reserve.endorseMany(barIds, new uint256[](2));
    }

    function test_RevertWhen_EndorseManyNamesABarTwice() public {
        uint256[] memory barIds = new uint256[](2);
        uint256[] memory weights = new uint256[](2);
        barIds[0] = barIds[1] = bookBar(KILOBAR, 10_000);
        weights[0] = weights[1] = KILOBAR;
        vm.expectRevert(
            abi.encodeWithSelector(IGoldReserve.WrongBarState.selector, barIds[0], IGoldReserve.BarState.Active)
        );
        vm.prank(auditor);
        reserve.endorseMany(barIds, weights);
    }

    // --- ENDORSEMENT ---

    function test_EndorseMakesItBack() public {
        uint256 barId = bookBar(KILOBAR, 9999);
        vm.expectEmit(address(reserve));
        emit IGoldReserve.BarEndorsed(barId, auditor, 999_900);
        vm.expectEmit(address(reserve));
        emit IGoldReserve.BackingChanged(999_900, 0);
        vm.prank(auditor);
        reserve.endorse(barId, 999_900);
        assertState(barId, IGoldReserve.BarState.Active);
        assertBacking(999_900, 0, 1);
        assertEq(reserve.listVersion(), 1);
    }

    function test_RevertWhen_TheAuditorSawAnotherWeight() public {
        uint256 barId = bookBar(KILOBAR, 9999);
        vm.expectRevert(
            abi.encodeWithSelector(IGoldReserve.FineWeightMismatch.selector, barId, KILOBAR, uint256(999_900))
        );
        vm.prank(auditor);
        reserve.endorse(barId, KILOBAR);
    }

    function test_RevertWhen_EndorsedTwiceOrUnknown() public {
        uint256 barId = activeBar(KILOBAR);
        vm.startPrank(auditor);
        vm.expectRevert(wrongState(barId));
        reserve.endorse(barId, KILOBAR);
        vm.expectRevert(abi.encodeWithSelector(IGoldReserve.WrongBarState.selector, 5, IGoldReserve.BarState.None));
        reserve.endorse(5, KILOBAR);
    }

    /// @dev The project's manager refuses one account both roles; the reserve does not rely on it.
    function test_RevertWhen_OneAccountBooksAndEndorses() public {
        AccessManager plain = new AccessManager(admin);
        manager = plain;
        reserve = GoldReserve(
            proxy(address(new GoldReserve()), abi.encodeCall(GoldReserve.initialize, (address(plain))))
        );
        allowReserve();
        grant(Roles.CUSTODIAN, custodian);
        grant(Roles.AUDITOR, auditor);
        grant(Roles.AUDITOR, custodian);
        uint256 barId = bookBar(KILOBAR, 10_000);
        vm.expectRevert(abi.encodeWithSelector(IGoldReserve.EndorserIsBooker.selector, barId, custodian));
        vm.prank(custodian);
        reserve.endorse(barId, KILOBAR);
        vm.prank(auditor);
        reserve.endorse(barId, KILOBAR);

        vm.startPrank(custodian);
        reserve.proposeReassay(barId, 2 * KILOBAR, 10_000, "assay");
        vm.expectRevert(abi.encodeWithSelector(IGoldReserve.EndorserIsBooker.selector, barId, custodian));
        reserve.endorseReassay(barId, 2 * KILOBAR);
    }

    /// @dev Behind the manager's `execute` the custodian and the auditor would be one caller.
    function test_RevertWhen_SigningForABarThroughTheManager() public {
        uint256 barId = activeBar(KILOBAR);
        uint256 pending = bookBar(KILOBAR, 10_000);
        IGoldReserve.BarInput memory input = aBar(KILOBAR, 10_000);
        vm.startPrank(custodian);
        reserve.proposeReassay(barId, KILOBAR - 1, 10_000, "assay");
        vm.expectRevert(IGoldReserve.NotInPerson.selector);
        manager.execute(address(reserve), abi.encodeCall(reserve.book, (input)));
        vm.expectRevert(IGoldReserve.NotInPerson.selector);
        manager.execute(address(reserve), abi.encodeCall(reserve.bookMany, (new IGoldReserve.BarInput[](0))));
        vm.expectRevert(IGoldReserve.NotInPerson.selector);
        manager.execute(address(reserve), abi.encodeCall(reserve.proposeReassay, (barId, 1, 1, "x")));
        vm.stopPrank();

        IGoldReserve.Attestation memory attestation = currentCount();
        vm.startPrank(auditor);
        vm.expectRevert(IGoldReserve.NotInPerson.selector);
        manager.execute(address(reserve), abi.encodeCall(reserve.endorse, (pending, KILOBAR)));
        vm.expectRevert(IGoldReserve.NotInPerson.selector);
        manager.execute(address(reserve), abi.encodeCall(reserve.endorseMany, (new uint256[](0), new uint256[](0))));
        vm.expectRevert(IGoldReserve.NotInPerson.selector);
        manager.execute(address(reserve), abi.encodeCall(reserve.endorseReassay, (barId, KILOBAR - 1)));
        vm.expectRevert(IGoldReserve.NotInPerson.selector);
        manager.execute(address(reserve), abi.encodeCall(reserve.attest, (attestation, 1)));
    }

    // --- CANCEL, SUSPEND, REINSTATE, WITHDRAW ---

    function test_RevertWhen_CancellingWhatIsEndorsed() public {
        uint256 barId = activeBar(KILOBAR);
        vm.expectRevert(wrongState(barId));
        vm.prank(custodian);
        reserve.cancel(barId);
    }

    function test_SuspendAndReinstate() public {
        uint256 barId = activeBar(KILOBAR);
        activeBar(500_000);
        uint64 version = reserve.listVersion();
        vm.expectEmit(address(reserve));
        emit IGoldReserve.BarSuspended(barId, guardian, "tampered seal");
        vm.expectEmit(address(reserve));
        emit IGoldReserve.BackingChanged(500_000, 0);
        vm.prank(guardian);
        reserve.suspend(barId, "tampered seal");
        assertState(barId, IGoldReserve.BarState.Suspended);
        assertBacking(500_000, 0, 1);
        assertEq(reserve.listVersion(), version + 1);

        vm.expectEmit(address(reserve));
        emit IGoldReserve.BarReinstated(barId, treasurer);
        vm.prank(treasurer);
        reserve.reinstate(barId);
        assertState(barId, IGoldReserve.BarState.Active);
        assertBacking(1_500_000, 0, 2);
        assertEq(reserve.listVersion(), version + 2);
    }

    function test_RevertWhen_SuspendingOrReinstatingInAnotherState() public {
        uint256 barId = bookBar(KILOBAR, 10_000);
        vm.expectRevert(wrongState(barId));
        suspend(barId);
        endorse(barId);
        vm.expectRevert(wrongState(barId));
        vm.prank(treasurer);
        reserve.reinstate(barId);
        commit(barId);
        vm.expectRevert(wrongState(barId));
        suspend(barId);
    }

    function test_WithdrawAnActiveBar() public {
        uint256 barId = activeBar(KILOBAR);
        vm.expectEmit(address(reserve));
        emit IGoldReserve.BarWithdrawn(barId, treasurer, "sold to the refiner");
        vm.expectEmit(address(reserve));
        emit IGoldReserve.BackingChanged(0, 0);
        vm.prank(treasurer);
        reserve.withdraw(barId, "sold to the refiner");
        assertState(barId, IGoldReserve.BarState.Cancelled);
        assertBacking(0, 0, 0);
        assertEq(reserve.balanceOf(address(reserve)), 0);
    }

    function test_WithdrawASuspendedBarTakesNothingTwice() public {
        uint256 barId = activeBar(KILOBAR);
        activeBar(500_000);
        suspend(barId);
        uint64 version = reserve.listVersion();
        vm.prank(treasurer);
        reserve.withdraw(barId, "counterfeit");
        assertBacking(500_000, 0, 1);
        assertEq(reserve.listVersion(), version);
    }

    function test_RevertWhen_WithdrawingInAnotherState() public {
        uint256 barId = bookBar(KILOBAR, 10_000);
        vm.expectRevert(wrongState(barId));
        vm.prank(treasurer);
        reserve.withdraw(barId, "");
        endorse(barId);
        commit(barId);
        vm.expectRevert(wrongState(barId));
        vm.prank(treasurer);
        reserve.withdraw(barId, "");
    }

    function test_AWithdrawnBarComesBackWithANewEndorsement() public {
        IGoldReserve.BarInput memory input = aBar(KILOBAR, 10_000);
        vm.prank(custodian);
        uint256 barId = reserve.book(input);
        endorse(barId);
        vm.prank(treasurer);
        reserve.withdraw(barId, "lent");
        vm.prank(custodian);
        reserve.book(input);
        assertBacking(0, 0, 0);
        endorse(barId);
        assertBacking(KILOBAR, 0, 1);
        assertEq(reserve.ownerOf(barId), address(reserve));
        assertEq(reserve.balanceOf(address(reserve)), 1);
    }

    // --- REDEMPTION ---

    function test_CommitMovesFromBackingToCommitted() public {
        uint256 barId = activeBar(KILOBAR);
        uint64 version = reserve.listVersion();
        vm.expectEmit(address(reserve));
        emit IGoldReserve.BarCommitted(barId, REDEMPTION);
        vm.expectEmit(address(reserve));
        emit IGoldReserve.BackingChanged(0, KILOBAR);
        assertEq(commit(barId), KILOBAR);
        assertState(barId, IGoldReserve.BarState.Committed);
        assertBacking(0, KILOBAR, 1);
        assertEq(reserve.redemptionOf(barId), REDEMPTION);
        assertEq(reserve.listVersion(), version, "the list is the same");
    }

    function test_ReleaseMovesItBack() public {
        uint256 barId = activeBar(KILOBAR);
        commit(barId);
        vm.expectEmit(address(reserve));
        emit IGoldReserve.BarReleased(barId, REDEMPTION);
        vm.prank(allocator);
        reserve.release(barId, REDEMPTION);
        assertState(barId, IGoldReserve.BarState.Active);
        assertBacking(KILOBAR, 0, 1);
        assertEq(reserve.redemptionOf(barId), 0);
    }

    function test_DeliverTakesItOutOfTheReserve() public {
        uint256 barId = activeBar(KILOBAR);
        commit(barId);
        vm.expectEmit(address(reserve));
        emit IGoldReserve.BarDelivered(barId, REDEMPTION, alice);
        vm.expectEmit(address(reserve));
        emit IGoldReserve.BackingChanged(0, 0);
        deliver(barId);
        assertState(barId, IGoldReserve.BarState.Delivered);
        assertBacking(0, 0, 0);
    }

    function test_LoseShowsTheShortfall() public {
        uint256 barId = activeBar(KILOBAR);
        activeBar(500_000);
        commit(barId);
        vm.expectEmit(address(reserve));
        emit IGoldReserve.BarLost(barId, REDEMPTION);
        vm.prank(allocator);
        reserve.lose(barId, REDEMPTION);
        assertState(barId, IGoldReserve.BarState.Lost);
        assertBacking(500_000, 0, 1);
    }

    function test_RevertWhen_AnotherRedemptionTakesTheBar() public {
        uint256 barId = activeBar(KILOBAR);
        commit(barId);
        bytes memory refused = abi.encodeWithSelector(IGoldReserve.WrongRedemption.selector, barId, 8, REDEMPTION);
        vm.startPrank(allocator);
        vm.expectRevert(refused);
        reserve.release(barId, 8);
        vm.expectRevert(refused);
        reserve.deliver(barId, 8, alice);
        vm.expectRevert(refused);
        reserve.lose(barId, 8);
        vm.expectRevert(wrongState(barId));
        reserve.commit(barId, 8);
    }

    function test_RevertWhen_AllocatingInAnotherState() public {
        uint256 barId = bookBar(KILOBAR, 10_000);
        vm.startPrank(allocator);
        vm.expectRevert(wrongState(barId));
        reserve.commit(barId, 1);
        vm.expectRevert(wrongState(barId));
        reserve.release(barId, 0);
        vm.expectRevert(wrongState(barId));
        reserve.deliver(barId, 0, alice);
        vm.expectRevert(wrongState(barId));
        reserve.lose(barId, 0);
        vm.stopPrank();
        endorse(barId);
        suspend(barId);
        vm.expectRevert(wrongState(barId));
        commit(barId);
    }

    function test_RevertWhen_TheRedemptionIdDoesNotFit() public {
        uint256 barId = activeBar(KILOBAR);
        uint256 tooLarge = uint256(type(uint32).max) + 1;
        vm.expectRevert(abi.encodeWithSelector(IGoldReserve.RedemptionIdTooLarge.selector, tooLarge));
        vm.prank(allocator);
        reserve.commit(barId, tooLarge);
    }

    // --- READING ---

    function test_BarsPage() public {
        uint256[] memory booked = new uint256[](5);
        for (uint256 i = 0; i < 5; ++i) booked[i] = bookBar(KILOBAR + uint40(i), 10_000);
        (uint256[] memory barIds, IGoldReserve.Bar[] memory bars) = reserve.barsPage(1, 3);
        assertEq(barIds.length, 3);
        for (uint256 i = 0; i < 3; ++i) {
            assertEq(barIds[i], booked[i + 1]);
            assertEq(bars[i].grossWeightMg, KILOBAR + i + 1);
        }
        (barIds, ) = reserve.barsPage(3, type(uint256).max);
        assertEq(barIds.length, 2);
        (barIds, ) = reserve.barsPage(5, 1);
        assertEq(barIds.length, 0);
        (barIds, ) = reserve.barsPage(type(uint256).max, 1);
        assertEq(barIds.length, 0);
    }
}
