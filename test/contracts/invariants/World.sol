// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IPriceOracle} from "../../../contracts/interfaces/IPriceOracle.sol";
import {ISignedPriceFeed} from "../../../contracts/interfaces/ISignedPriceFeed.sol";
import {PriceOracle} from "../../../contracts/price/PriceOracle.sol";
import {SignedPriceFeed} from "../../../contracts/price/SignedPriceFeed.sol";
import {DeployAll} from "../lib/DeployAll.sol";
import {TestFeed} from "../lib/TestFeed.sol";

/// @title All contracts together: the real oracle over a Chainlink-shaped MAIN and FALLBACK and five signing reporters
/// @dev The true price of gold never changes here: 4,000 dollars an ounce.
abstract contract World is DeployAll {
    int256 internal constant TRUE_PRICE = 4_000e8;
    /// @dev The same, dollars per gram with 18 decimals, rounded down.
    uint256 internal constant USD_PER_GRAM = (uint256(TRUE_PRICE) * 1e17) / 311_034_768;
    /// @dev Wednesday 2026-11-18, 10:00 in New York: the market is open.
    uint256 internal constant START = 1_795_014_000;
    uint256 internal constant COINS_EACH = 1_000_000e18;

    PriceOracle internal oracle;
    SignedPriceFeed internal pivot;
    TestFeed internal main;
    TestFeed internal paxg;
    uint256[] internal reporterKeys;
    address[] internal investors;
    address internal mallory;
    uint32 internal productId;

    function deployWorld() internal {
        deployCore();
        vm.warp(START);
        deployOracle();
        deployDesks(oracle);
        deployCoins();
        productId = addProduct();
        investors.push(makeInvestor("alice"));
        investors.push(makeInvestor("bob"));
        investors.push(makeInvestor("carol"));
        mallory = makeAddr("mallory");
        for (uint256 i = 0; i < investors.length; i++) usdt.mint(investors[i], COINS_EACH);
        for (uint256 i = 0; i < investors.length; i++) usdc.mint(investors[i], COINS_EACH);
        usdt.mint(address(desk), COINS_EACH);
        usdc.mint(address(desk), COINS_EACH);
        for (uint256 i = 0; i < 6; i++) activeBar(99_950);
        activeBar(3_000_000);
        attestReserve();
        tellPrices();
    }

    function deployOracle() private {
        address[] memory reporters = new address[](5);
        for (uint256 i = 0; i < 5; i++) {
            uint256 key;
            (reporters[i], key) = makeAddrAndKey(string.concat("reporter", vm.toString(i)));
            reporterKeys.push(key);
        }
        pivot = SignedPriceFeed(
            proxy(
                address(new SignedPriceFeed(keccak256("XAU/USD"))),
                abi.encodeCall(SignedPriceFeed.initialize, (address(manager), reporters, 3, 100))
            )
        );
        main = new TestFeed(8, TRUE_PRICE);
        paxg = new TestFeed(8, TRUE_PRICE);
        oracle = PriceOracle(
            proxy(
                address(new PriceOracle()),
                abi.encodeCall(
                    PriceOracle.initialize,
                    (address(manager), feed(address(main)), feed(address(pivot)), feed(address(paxg)), 50, 150, 64)
                )
            )
        );
    }

    function feed(address feed_) private pure returns (IPriceOracle.Feed memory) {
        return IPriceOracle.Feed(feed_, 1 hours, 8, 1_000, 20_000);
    }

    /// @dev All feeds say the true price, as of now, and the round has settled.
    function tellPrices() internal {
        main.setBehaviour(TestFeed.Behaviour.Answer);
        paxg.setBehaviour(TestFeed.Behaviour.Answer);
        main.set(TRUE_PRICE);
        paxg.set(TRUE_PRICE);
        usdtFeed.set(1e8);
        usdcFeed.set(1e8);
        submitRound();
        vm.roll(vm.getBlockNumber() + 1);
        oracle.record();
    }

    function submitRound() internal {
        ISignedPriceFeed.SignedReport[] memory reports = new ISignedPriceFeed.SignedReport[](3);
        bool open = oracle.isMarketOpen(uint48(vm.getBlockTimestamp()));
        ISignedPriceFeed.Session session = open ? ISignedPriceFeed.Session.Open : ISignedPriceFeed.Session.Closed;
        for (uint256 i = 0; i < 3; i++) reports[i] = report(reporterKeys[i], session);
        pivot.submit(reports);
    }

    function report(
        uint256 key,
        ISignedPriceFeed.Session session
    ) private view returns (ISignedPriceFeed.SignedReport memory) {
        (uint128 price, uint48 time) = (uint128(uint256(TRUE_PRICE)), uint48(vm.getBlockTimestamp()));
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, pivot.reportDigest(price, time, session));
        return ISignedPriceFeed.SignedReport(price, time, session, r, bytes32(uint256(s) | (uint256(v - 27) << 255)));
    }
}
