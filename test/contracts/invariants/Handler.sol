// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IGoldReserve} from "../../../contracts/interfaces/IGoldReserve.sol";
import {IRedemptionDesk} from "../../../contracts/interfaces/IRedemptionDesk.sol";
import {TestCoin} from "../lib/TestCoin.sol";
import {TestFeed} from "../lib/TestFeed.sol";
import {Checks} from "./Checks.sol";

/// @title The steps of an invariant run: investors, issuer, custodian, auditor, guardian, arbiter, a stranger, time, feeds
/// @dev Inputs are bounded to what can succeed, mostly; what fails all the same is refused by a contract, which is a step too.
contract Handler is Checks {
    /// @notice How often a kind of step succeeded.
    mapping(string step => uint256) public done;
    uint256 private _orders;

    modifier counted(string memory step) {
        _;
        done[step]++;
    }

    constructor() {
        deployWorld();
        for (uint256 i = 0; i < investors.length; i++) bank[investors[i]] = COINS_EACH;
        // Everybody begins with some gold, so that no step has to wait for another.
        for (uint256 i = 0; i < investors.length; i++) {
            vm.prank(investors[i]);
            desk.buy(address(usdt), 80_000e18, 0, NEVER);
        }
        // What they paid in fees so far comes back to those of them who stake.
        startWealth = wealth() + (staking.pendingFees() * (USD_PER_GRAM + 1)) / 1e18 + 1;
    }

    function selectors() external pure returns (bytes4[] memory list) {
        bytes4[30] memory all = [
            this.buy.selector,
            this.sell.selector,
            this.settleOrder.selector,
            this.reserveOrder.selector,
            this.releaseOrder.selector,
            this.stake.selector,
            this.unstake.selector,
            this.startStream.selector,
            this.send.selector,
            this.donate.selector,
            this.request.selector,
            this.request.selector,
            this.cancel.selector,
            this.accept.selector,
            this.accept.selector,
            this.ship.selector,
            this.ship.selector,
            this.prove.selector,
            this.attest.selector,
            this.confirm.selector,
            this.dispute.selector,
            this.decide.selector,
            this.complete.selector,
            this.reclaim.selector,
            this.bookBar.selector,
            this.suspendOrReinstate.selector,
            this.freezeOrPause.selector,
            this.passTime.selector,
            this.tellAll.selector,
            this.breakFeeds.selector
        ];
        list = new bytes4[](all.length);
        for (uint256 i = 0; i < all.length; i++) list[i] = all[i];
    }

    // --- INVESTORS ---

    function buy(uint256 who, bool second, uint256 coinIn) external counted("buy") {
        address account = investor(who);
        TestCoin coin = coinOf(second);
        coinIn = bound(coinIn, 1e12, 100_000e18);
        vm.prank(account);
        desk.buy(address(coin), coinIn, 0, NEVER);
        sawMint();
    }

    function sell(uint256 who, bool second, uint256 grams) external counted("sell") {
        address account = investor(who);
        uint256 balance = token.balanceOf(account);
        vm.prank(account);
        desk.sell(address(coinOf(second)), bound(grams, balance / 1e6, balance), 0, NEVER);
    }

    function stake(uint256 who, uint256 assets) external counted("stake") {
        address account = investor(who);
        uint256 balance = token.balanceOf(account);
        vm.prank(account);
        staking.deposit(bound(assets, 0, balance), account);
    }

    function unstake(uint256 who, uint256 shares) external counted("unstake") {
        address account = investor(who);
        uint256 balance = staking.balanceOf(account);
        // Half of the time all of it, so that the vault runs empty too.
        uint256 part = shares % 2 == 0 ? balance : bound(shares, 0, balance);
        vm.prank(account);
        staking.redeem(part, account, account);
    }

    function startStream() external counted("startStream") {
        staking.startStream();
    }

    function send(uint256 from, uint256 to, uint256 amount, bool shares) external counted("send") {
        (address a, address b) = (investor(from), investor(to));
        uint256 balance = shares ? staking.balanceOf(a) : token.balanceOf(a);
        amount = bound(amount, 0, balance);
        vm.prank(a);
        shares ? staking.transfer(b, amount) : token.transfer(b, amount);
    }

    function donate(uint256 who, uint256 amount, uint256 target) external counted("donate") {
        address account = investor(who);
        address[3] memory targets = [address(staking), address(redemption), mallory];
        uint256 most = token.balanceOf(account) / 100;
        vm.prank(account);
        token.transfer(targets[target % 3], bound(amount, 0, most));
    }

    // --- ISSUER ---

    function settleOrder(uint256 who, uint256 usd, uint256 order) external counted("settleOrder") {
        address account = investor(who);
        usd = bound(usd, 1e12, 50_000e18);
        // As the payments service has it: nothing is settled that was not paid.
        bank[account] -= usd;
        vm.prank(issuer);
        desk.settle(bytes32(order % (_orders + 1)), account, usd, 0);
        sawMint();
    }

    function reserveOrder(uint256 grams, uint256 duration) external counted("reserveOrder") {
        uint256 until = vm.getBlockTimestamp() + bound(duration, 1, 3 days);
        vm.prank(issuer);
        desk.reserve(bytes32(++_orders), bound(grams, 1, 300e18), uint48(until));
        if (desk.headroomReserved() > token.mintable()) violation = "reserved more than there is";
    }

    function releaseOrder(uint256 order) external counted("releaseOrder") {
        vm.prank(issuer);
        desk.releaseOrder(bytes32(order % (_orders + 1)));
    }

    // --- REDEMPTION ---

    function request(uint256 who, uint256 count) external counted("request") {
        vm.prank(investor(who));
        redemption.request(productId, uint8(bound(count, 1, 2)), "where to", TERMS);
    }

    function cancel(uint256 seed) external counted("cancel") {
        uint256 id = anyIn(seed, IRedemptionDesk.State.Requested);
        vm.prank(redemption.redemption(id).holder);
        redemption.cancel(id);
    }

    function accept(uint256 seed) external counted("accept") {
        uint256 id = anyIn(seed, IRedemptionDesk.State.Requested);
        uint256[] memory barIds = freeBars(redemption.redemption(id).count);
        vm.prank(custodian);
        redemption.accept(id, barIds);
    }

    function ship(uint256 seed) external counted("ship") {
        uint256 id = anyIn(seed, IRedemptionDesk.State.Accepted);
        vm.prank(custodian);
        redemption.ship(id, "tracking");
    }

    function prove(uint256 seed) external counted("prove") {
        uint256 id = anyIn(seed, IRedemptionDesk.State.Shipped);
        vm.prank(custodian);
        redemption.proveDelivery(id, "proof");
    }

    function attest(uint256 seed) external counted("attest") {
        uint256 id = anyIn(seed, IRedemptionDesk.State.Shipped);
        vm.prank(auditor);
        redemption.attestDelivery(id, "proof");
    }

    function confirm(uint256 seed) external counted("confirm") {
        uint256 id = anyIn(seed, seed % 4 == 0 ? IRedemptionDesk.State.Disputed : IRedemptionDesk.State.Shipped);
        vm.prank(redemption.redemption(id).holder);
        redemption.confirmReceipt(id);
    }

    function dispute(uint256 seed) external counted("dispute") {
        uint256 id = anyIn(seed, IRedemptionDesk.State.Shipped);
        vm.prank(redemption.redemption(id).holder);
        redemption.dispute(id, "not here");
    }

    function decide(uint256 seed, bool delivered) external counted("decide") {
        uint256 id = anyIn(seed, IRedemptionDesk.State.Disputed);
        vm.prank(arbiter);
        redemption.resolveDispute(id, delivered);
    }

    function complete() external counted("complete") {
        uint256 id = redemption.redemptionCount();
        while (id > 1 && redemption.redemption(id).attestedAt == 0) id--;
        vm.prank(mallory);
        redemption.complete(id);
    }

    function reclaim(uint256 seed) external counted("reclaim") {
        uint256 id = bound(seed, 1, redemption.redemptionCount());
        vm.prank(mallory);
        redemption.reclaim(id);
    }

    // --- VAULT, GUARDIAN ---

    function bookBar(uint256 weight) external counted("bookBar") {
        if (reserve.barCount() > 30) return;
        activeBar(uint40(bound(weight, 99_900, 100_000)));
        attestReserve();
    }

    function suspendOrReinstate(uint256 seed) external counted("suspendOrReinstate") {
        (uint256[] memory barIds, IGoldReserve.Bar[] memory bars) = reserve.barsPage(0, reserve.barCount());
        uint256 i = seed % bars.length;
        bool active = bars[i].state == IGoldReserve.BarState.Active;
        vm.prank(active ? guardian : treasurer);
        active ? reserve.suspend(barIds[i], "doubt") : reserve.reinstate(barIds[i]);
    }

    function freezeOrPause(uint256 who, uint256 kind) external counted("freezeOrPause") {
        kind = kind % 8;
        address account = investor(who);
        uint256 amount = kind < 2 ? token.balanceOf(account) / 2 : 0;
        // A prank for one call each: a step that fails must not leave one behind.
        vm.prank(kind < 6 ? compliance : guardian);
        if (kind < 6) token.setFrozenTokens(account, amount);
        else if (kind == 6) token.pauseTransfers(2 hours);
        else desk.pauseDealing(1 hours);
    }

    // --- TIME AND FEEDS ---

    /// @dev Mostly minutes and hours, sometimes weeks: every deadline passes in some run.
    function passTime(uint256 howLong, uint256 scale) external counted("passTime") {
        uint256[4] memory longest = [uint256(10 minutes), 6 hours, 4 days, 20 days];
        skip(bound(howLong, 1, longest[scale % 4]));
        if (scale % 3 != 0) tellPrices();
    }

    function tellAll() external counted("tellAll") {
        skip(1);
        tellPrices();
        attestReserve();
    }

    /// @dev A dead MAIN, a lying or dead FALLBACK (never the price by itself), coins that leave their peg.
    function breakFeeds(uint256 kind, uint256 amount) external counted("breakFeeds") {
        kind = kind % 5;
        if (kind == 0) main.setBehaviour(TestFeed.Behaviour.Revert);
        else if (kind == 1) main.setAt(TRUE_PRICE, vm.getBlockTimestamp() - 2 hours);
        else if (kind == 2) paxg.set(int256(bound(amount, 3_800e8, 4_200e8)));
        else if (kind == 3) paxg.setBehaviour(TestFeed.Behaviour.BurnGas);
        else (amount % 2 == 0 ? usdtFeed : usdcFeed).set(int256(bound(amount, 0.97e8, 1.03e8)));
    }

    // --- HELPERS ---

    /// @dev Invariant 1: whenever something was minted, the bars cover all there is, what is reserved left out.
    function sawMint() private {
        uint256 backed = (reserve.backing() + reserve.committed()) * WEI_PER_MG;
        if (token.totalSupply() > backed) violation = "minted more than the bars cover";
        if (token.totalSupply() + desk.headroomReserved() > backed) violation = "minted what is reserved";
    }

    function investor(uint256 seed) private view returns (address) {
        return investors[seed % investors.length];
    }

    function coinOf(bool second) private view returns (TestCoin) {
        return second ? TestCoin(address(usdc)) : usdt;
    }

    /// @dev A redemption in this state, or the last one where there is none.
    function anyIn(uint256 seed, IRedemptionDesk.State state) private view returns (uint256 id) {
        uint256 count = redemption.redemptionCount();
        if (count == 0) return 0;
        for (uint256 i = 0; i < count; i++) {
            id = (((seed >> 8) + i) % count) + 1;
            if (redemption.redemption(id).state == state) return id;
        }
    }

    function freeBars(uint256 count) private view returns (uint256[] memory found) {
        (uint256[] memory barIds, IGoldReserve.Bar[] memory bars) = reserve.barsPage(0, reserve.barCount());
        found = new uint256[](count);
        uint256 n;
        for (uint256 i = 0; i < bars.length && n < count; i++) {
            if (bars[i].state == IGoldReserve.BarState.Active && bars[i].fineWeightMg <= 100_000)
                found[n++] = barIds[i];
        }
    }
}
