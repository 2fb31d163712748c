// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IGoldReserve} from "../../../contracts/interfaces/IGoldReserve.sol";
import {IRedemptionDesk} from "../../../contracts/interfaces/IRedemptionDesk.sol";
import {World} from "./World.sol";

/// @title What must always hold, recomputed from the contracts' lists and never from their sums
abstract contract Checks is World {
    /// @dev Dollars with 18 decimals that investors hold in banks, for orders paid off-chain.
    mapping(address account => uint256) internal bank;
    uint256 internal startWealth;
    /// @dev What a step saw that may not be: the runner swallows a step's own revert.
    string public violation;
    uint256 internal lastAssets;
    uint256 internal lastShares;

    /// @notice Invariant 1: supply is circulating + staked + escrowed, backing and committed are the sums over the bars.
    function checkSums() external view {
        uint256 held = token.balanceOf(mallory) + token.balanceOf(address(staking));
        held += token.balanceOf(address(redemption)) + token.balanceOf(treasurer);
        for (uint256 i = 0; i < investors.length; i++) held += token.balanceOf(investors[i]);
        assertEq(token.totalSupply(), held, "supply");
        assertEq(token.balanceOf(address(desk)), 0, "desk holds nothing");

        (, IGoldReserve.Bar[] memory bars) = reserve.barsPage(0, reserve.barCount());
        uint256 active;
        uint256 committed;
        for (uint256 i = 0; i < bars.length; i++) {
            if (bars[i].state == IGoldReserve.BarState.Active) active += bars[i].fineWeightMg;
            if (bars[i].state == IGoldReserve.BarState.Committed) committed += bars[i].fineWeightMg;
        }
        assertEq(reserve.backing(), active, "backing");
        assertEq(reserve.committed(), committed, "committed");
    }

    /// @notice Invariant 2: a committed bar backs the one escrow that waits for it, a delivered one belongs to its holder.
    function checkBars() external view {
        uint256 waitingMg;
        for (uint256 id = 1; id <= redemption.redemptionCount(); id++) {
            IRedemptionDesk.Redemption memory r = redemption.redemption(id);
            if (r.state == IRedemptionDesk.State.Completed) {
                for (uint256 i = 0; i < r.barIds.length; i++) assertEq(reserve.ownerOf(r.barIds[i]), r.holder, "owner");
            }
            if (!hasBarsAside(r.state)) continue;
            uint256 weightMg;
            for (uint256 i = 0; i < r.barIds.length; i++) {
                IGoldReserve.Bar memory bar = reserve.bar(r.barIds[i]);
                assertEq(uint256(bar.state), uint256(IGoldReserve.BarState.Committed), "aside");
                assertEq(reserve.ownerOf(r.barIds[i]), address(reserve), "locked");
                weightMg += bar.fineWeightMg;
            }
            assertEq(r.escrow - r.fee, weightMg * WEI_PER_MG, "escrow is the bars' weight");
            waitingMg += weightMg;
        }
        assertEq(reserve.committed(), waitingMg, "nobody else's bars are aside");
    }

    /// @notice Invariant 5: at an unchanged price all investors together never hold more than they brought.
    function checkWealth() external view {
        assertLe(wealth(), startWealth, "gold from nothing");
    }

    /// @notice Invariant 6: (assets + 1) / (shares + 1000) never falls, and staking holds what it owes.
    function checkStaking() external {
        (uint256 assets, uint256 shares) = (staking.totalAssets(), staking.totalSupply());
        assertGe((assets + 1) * (lastShares + 1000), (lastAssets + 1) * (shares + 1000), "sEAU fell");
        (lastAssets, lastShares) = (assets, shares);
        assertGe(
            token.balanceOf(address(staking)),
            assets + staking.unstreamed() + staking.pendingFees(),
            "staking owes more than it holds"
        );
    }

    /// @notice Half of invariant 7: what is in escrow is what open redemptions wait with.
    function checkEscrow() external view {
        uint256 open;
        for (uint256 id = 1; id <= redemption.redemptionCount(); id++) {
            IRedemptionDesk.Redemption memory r = redemption.redemption(id);
            assertEq(r.escrow != 0, isOpen(r.state), "escrow and state");
            open += r.escrow;
        }
        assertEq(redemption.totalEscrow(), open, "total");
        assertGe(token.balanceOf(address(redemption)), open, "held");
    }

    /// @notice The other half: with the issuer doing its worst from now on, a stranger can end every open redemption, and
    /// each holder has the escrow back or the gold.
    function checkEscrowEnds() external {
        uint256 saved = vm.snapshotState();
        for (uint256 i = 0; i < investors.length; i++) {
            vm.startPrank(compliance);
            registry.revoke(investors[i]);
            token.setFrozenTokens(investors[i], type(uint256).max);
            vm.stopPrank();
        }
        vm.warp(vm.getBlockTimestamp() + 365 days);
        vm.startPrank(guardian);
        token.pauseTransfers(72 hours);
        token.pauseMinting(7 days);
        desk.pauseDealing(7 days);
        vm.stopPrank();
        for (uint256 id = 1; id <= redemption.redemptionCount(); id++) endOne(id);
        assertEq(redemption.totalEscrow(), 0, "escrow is left");
        assertEq(reserve.committed(), 0, "bars are left aside");
        require(vm.revertToState(saved), "snapshot");
    }

    function endOne(uint256 id) private {
        IRedemptionDesk.Redemption memory r = redemption.redemption(id);
        if (!isOpen(r.state)) return;
        uint256 balance = token.balanceOf(r.holder);
        bool delivered = r.state == IRedemptionDesk.State.Shipped && r.attestedAt != 0;
        vm.prank(mallory);
        if (delivered) redemption.complete(id);
        else redemption.reclaim(id);
        assertEq(token.balanceOf(r.holder), balance + (delivered ? 0 : r.escrow), "escrow comes back");
        if (!delivered) return;
        for (uint256 i = 0; i < r.barIds.length; i++) assertEq(reserve.ownerOf(r.barIds[i]), r.holder, "gold comes");
    }

    // --- HELPERS ---

    /// @dev Dollars with 18 decimals: coins at one dollar, grams at the true price, wherever they are.
    function wealth() internal view returns (uint256 usd) {
        uint256 grams;
        for (uint256 i = 0; i < investors.length; i++) {
            address who = investors[i];
            usd += usdt.balanceOf(who) + usdc.balanceOf(who) + bank[who];
            grams += token.balanceOf(who) + staking.convertToAssets(staking.balanceOf(who));
        }
        for (uint256 id = 1; id <= redemption.redemptionCount(); id++) {
            IRedemptionDesk.Redemption memory r = redemption.redemption(id);
            grams += r.escrow;
            if (r.state != IRedemptionDesk.State.Completed) continue;
            for (uint256 i = 0; i < r.barIds.length; i++) grams += reserve.bar(r.barIds[i]).fineWeightMg * WEI_PER_MG;
        }
        usd += (grams * USD_PER_GRAM) / 1e18;
    }

    function isOpen(IRedemptionDesk.State state) internal pure returns (bool) {
        return state == IRedemptionDesk.State.Requested || hasBarsAside(state);
    }

    function hasBarsAside(IRedemptionDesk.State state) internal pure returns (bool) {
        return
            state == IRedemptionDesk.State.Accepted ||
            state == IRedemptionDesk.State.Shipped ||
            state == IRedemptionDesk.State.Disputed;
    }
}
