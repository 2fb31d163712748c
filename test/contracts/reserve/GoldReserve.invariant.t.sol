// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IGoldReserve} from "../../../contracts/interfaces/IGoldReserve.sol";
import {GoldReserve} from "../../../contracts/reserve/GoldReserve.sol";
import {GoldToken} from "../../../contracts/token/GoldToken.sol";
import {Deploy} from "../lib/Deploy.sol";
import {Vm} from "../lib/Vm.sol";

/// @title Does to bars and tokens whatever their roles can, in any order, and keeps its own books beside the reserve's
/// @dev It stands in this file because the runner calls only contracts of the test files it was given.
contract ReserveHandler {
    Vm private constant vm = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));

    struct Actors {
        address custodian;
        address auditor;
        address guardian;
        address treasurer;
        address allocator;
        address minter;
        address burner;
    }

    GoldReserve private reserve;
    GoldToken private token;
    Actors private actors;

    uint256[] public barIds;
    /// @dev How often each bar was handed over or lost: never more than once.
    mapping(uint256 barId => uint256) public ends;
    mapping(uint256 barId => address) public recipient;
    /// @dev Set if a mint went through while the supply was, or came to be, more than the gold.
    bool public mintedUnbacked;
    uint256 public mints;
    uint256 public deliveries;

    constructor(GoldReserve reserve_, GoldToken token_, Actors memory actors_) {
        reserve = reserve_;
        token = token_;
        actors = actors_;
    }

    function count() external view returns (uint256) {
        return barIds.length;
    }

    // --- CUSTODIAN ---

    function book(uint40 grossWeightMg, uint16 fineness) external {
        IGoldReserve.BarInput memory input = IGoldReserve.BarInput({
            refiner: "TST",
            serial: bytes32(abi.encodePacked("SYN", vm.toString(barIds.length))),
            year: 2025,
            grossWeightMg: 10_000 + (grossWeightMg % 1_000_000),
            fineness: 1 + (fineness % 10_000),
            vault: "ZRH1",
            documentsHash: "documents"
        });
        vm.prank(actors.custodian);
        barIds.push(reserve.book(input));
    }

    function bookAgain(uint256 seed) external {
        uint256 barId = pick(seed, IGoldReserve.BarState.Cancelled);
        IGoldReserve.Bar memory bar = reserve.bar(barId);
        IGoldReserve.BarInput memory input = IGoldReserve.BarInput({
            refiner: bar.refiner,
            serial: bar.serial,
            year: bar.year,
            grossWeightMg: bar.grossWeightMg,
            fineness: bar.fineness,
            vault: bar.vault,
            documentsHash: bar.documentsHash
        });
        vm.prank(actors.custodian);
        reserve.book(input);
    }

    function cancel(uint256 seed) external {
        uint256 barId = pick(seed, IGoldReserve.BarState.Pending);
        vm.prank(actors.custodian);
        reserve.cancel(barId);
    }

    function proposeReassay(uint256 seed, uint40 grossWeightMg, uint16 fineness) external {
        uint256 barId = pick(seed, IGoldReserve.BarState.Active);
        vm.prank(actors.custodian);
        reserve.proposeReassay(barId, 10_000 + (grossWeightMg % 1_000_000), 1 + (fineness % 10_000), "assay");
    }

    // --- AUDITOR ---

    function endorse(uint256 seed) public {
        uint256 barId = pick(seed, IGoldReserve.BarState.Pending);
        uint256 weight = reserve.bar(barId).fineWeightMg;
        vm.prank(actors.auditor);
        reserve.endorse(barId, weight);
    }

    /// @dev Twice as likely as the other steps, or few bars would ever be Active.
    function endorseNewest() external {
        endorse(barIds.length - 1);
    }

    function endorseReassay(uint256 seed) external {
        uint256 barId = pick(seed, IGoldReserve.BarState.Active);
        IGoldReserve.Reassay memory pending = reserve.reassay(barId);
        uint256 weight = reserve.fineWeightOf(pending.grossWeightMg, pending.fineness);
        vm.prank(actors.auditor);
        reserve.endorseReassay(barId, weight);
    }

    function attest() public {
        IGoldReserve.Attestation memory attestation = IGoldReserve.Attestation({
            root: "list",
            fineWeightMg: reserve.backing() + reserve.committed(),
            bars: uint32(reserve.backingBars()),
            asOf: uint48(vm.getBlockTimestamp()),
            uri: ""
        });
        uint64 version = reserve.listVersion();
        vm.prank(actors.auditor);
        reserve.attest(attestation, version);
    }

    function revokeAttestation() external {
        vm.prank(actors.auditor);
        reserve.revokeAttestation();
    }

    // --- GUARDIAN, TREASURER ---

    function suspend(uint256 seed) external {
        uint256 barId = pick(seed, IGoldReserve.BarState.Active);
        vm.prank(actors.guardian);
        reserve.suspend(barId, "");
    }

    function reinstate(uint256 seed) external {
        uint256 barId = pick(seed, IGoldReserve.BarState.Suspended);
        vm.prank(actors.treasurer);
        reserve.reinstate(barId);
    }

    function withdraw(uint256 seed) external {
        IGoldReserve.BarState wanted = seed % 3 == 0 ? IGoldReserve.BarState.Active : IGoldReserve.BarState.Suspended;
        uint256 barId = pick(seed, wanted);
        vm.prank(actors.treasurer);
        reserve.withdraw(barId, "");
    }

    // --- REDEMPTION ---

    function commit(uint256 seed, uint32 redemptionId) external {
        uint256 barId = pick(seed, IGoldReserve.BarState.Active);
        vm.prank(actors.allocator);
        reserve.commit(barId, redemptionId);
    }

    function release(uint256 seed) external {
        uint256 barId = pick(seed, IGoldReserve.BarState.Committed);
        uint256 redemptionId = reserve.redemptionOf(barId);
        vm.prank(actors.allocator);
        reserve.release(barId, redemptionId);
    }

    function deliver(uint256 seed, address to) external {
        uint256 barId = pick(seed, IGoldReserve.BarState.Committed);
        uint256 redemptionId = reserve.redemptionOf(barId);
        vm.prank(actors.allocator);
        reserve.deliver(barId, redemptionId, to);
        recipient[barId] = to;
        ends[barId]++;
        deliveries++;
    }

    function lose(uint256 seed) external {
        uint256 barId = pick(seed, IGoldReserve.BarState.Committed);
        uint256 redemptionId = reserve.redemptionOf(barId);
        vm.prank(actors.allocator);
        reserve.lose(barId, redemptionId);
        ends[barId]++;
    }

    // --- TOKENS ---

    function mint(uint256 share) external {
        uint256 amount = ((token.mintable() + 1e15) * (share % 1001)) / 1000;
        vm.prank(actors.minter);
        token.mint(actors.burner, amount);
        mints++;
        if (token.totalSupply() > (reserve.backing() + reserve.committed()) * 1e15) mintedUnbacked = true;
    }

    function burn(uint256 share) external {
        uint256 amount = (token.balanceOf(actors.burner) * (share % 1001)) / 1000;
        vm.prank(actors.burner);
        token.burn(amount);
    }

    /// @dev Time passes, and the auditor comes by more often than not.
    function wait(uint32 time) external {
        vm.warp(vm.getBlockTimestamp() + (time % 10 days));
        if (time % 3 != 0) attest();
    }

    /// @dev A bar in the state that the step wants, if there is one; one time in eight any bar, to try the wrong ones too.
    function pick(uint256 seed, IGoldReserve.BarState wanted) private view returns (uint256) {
        uint256 start = seed % barIds.length;
        if (seed % 8 == 0) return barIds[start];
        for (uint256 i = 0; i < barIds.length; ++i) {
            uint256 barId = barIds[(start + i) % barIds.length];
            if (reserve.bar(barId).state == wanted) return barId;
        }
        return barIds[start];
    }
}

/// @title B and C are the sums over the bars, one bar has one certificate, and no mint outruns them, whatever the order of events
contract GoldReserveInvariantTest is Deploy {
    ReserveHandler private handler;

    function setUp() public {
        deployCore();
        allowMinting(minter, type(uint128).max);
        handler = new ReserveHandler(
            reserve,
            token,
            ReserveHandler.Actors(custodian, auditor, guardian, treasurer, allocator, minter, burner)
        );
        // Enough of them that a run meets several ends, not only beginnings.
        for (uint40 i = 0; i < 8; ++i) {
            handler.book(100_000 * i, 9998);
            handler.endorseNewest();
        }
        handler.attest();
        targetContract(address(handler));
    }

    /// @dev Every bar by itself, against the totals kept in one slot.
    function invariant_TotalsAreTheSumsOverTheBars() public view {
        uint256 backing;
        uint256 committed;
        uint256 bars;
        for (uint256 i = 0; i < handler.count(); ++i) {
            IGoldReserve.Bar memory bar = reserve.bar(handler.barIds(i));
            assertEq(bar.fineWeightMg, (uint256(bar.grossWeightMg) * bar.fineness) / 10_000);
            if (bar.state == IGoldReserve.BarState.Active) backing += bar.fineWeightMg;
            if (bar.state == IGoldReserve.BarState.Committed) committed += bar.fineWeightMg;
            if (bar.state == IGoldReserve.BarState.Active || bar.state == IGoldReserve.BarState.Committed) bars++;
        }
        assertEq(reserve.backing(), backing, "B");
        assertEq(reserve.committed(), committed, "C");
        assertEq(reserve.backingBars(), bars, "bars");
        assertEq(reserve.barCount(), handler.count(), "listed once each");
    }

    function invariant_OneBarOneCertificate() public view {
        uint256 held;
        for (uint256 i = 0; i < handler.count(); ++i) {
            uint256 barId = handler.barIds(i);
            IGoldReserve.BarState state = reserve.bar(barId).state;
            address owner = ownerOrNobody(barId);
            if (
                state == IGoldReserve.BarState.Active ||
                state == IGoldReserve.BarState.Suspended ||
                state == IGoldReserve.BarState.Committed
            ) {
                assertEq(owner, address(reserve), "held");
                held++;
            } else if (state == IGoldReserve.BarState.Delivered) {
                assertEq(owner, handler.recipient(barId), "delivered");
                if (owner == address(reserve)) held++;
            } else {
                assertEq(owner, address(0), "none");
            }
            bool isOver = state == IGoldReserve.BarState.Delivered || state == IGoldReserve.BarState.Lost;
            assertEq(handler.ends(barId), isOver ? 1 : 0, "ends once and for all");
        }
        assertEq(reserve.balanceOf(address(reserve)), held, "balance");
    }

    function invariant_NoMintOutrunsTheGold() public view {
        assertFalse(handler.mintedUnbacked());
    }

    function invariant_ABarInRedemptionIsNotInDoubt() public view {
        for (uint256 i = 0; i < handler.count(); ++i) {
            uint256 barId = handler.barIds(i);
            if (reserve.reassay(barId).proposer == address(0)) continue;
            IGoldReserve.BarState state = reserve.bar(barId).state;
            assertTrue(state == IGoldReserve.BarState.Active || state == IGoldReserve.BarState.Suspended);
        }
    }

    function ownerOrNobody(uint256 barId) private view returns (address) {
        try reserve.ownerOf(barId) returns (address owner) {
            return owner;
        } catch {
            return address(0);
        }
    }
}
