// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {UUPSUpgradeable} from "@openzeppelin/contracts/proxy/utils/UUPSUpgradeable.sol";
import {GoldDesk} from "../../../contracts/desk/GoldDesk.sol";
import {Roles} from "../../../contracts/governance/Roles.sol";
import {IGoldDesk} from "../../../contracts/interfaces/IGoldDesk.sol";
import {IGoldToken} from "../../../contracts/interfaces/IGoldToken.sol";
import {IPriceOracle} from "../../../contracts/interfaces/IPriceOracle.sol";
import {IRedemptionDesk} from "../../../contracts/interfaces/IRedemptionDesk.sol";
import {RedemptionDesk} from "../../../contracts/redemption/RedemptionDesk.sol";
import {StakedGold} from "../../../contracts/staking/StakedGold.sol";
import {Deploy} from "./Deploy.sol";
import {TestCoin, TestCoinWithPermit} from "./TestCoin.sol";
import {TestFeed} from "./TestFeed.sol";

/// @title Puts staking, desk and redemption on top of {Deploy}, wired as the project wires them
abstract contract DeployAll is Deploy {
    uint48 internal constant STREAM = 7 days;
    uint48 internal constant WINDOW = 3 days;
    uint16 internal constant FEE_BPS = 25;
    uint16 internal constant SPREAD_BPS = 30;
    uint32 internal constant COIN_HEARTBEAT = 1 days;
    bytes32 internal constant TERMS = keccak256("terms");
    uint256 internal constant NEVER = type(uint256).max;

    StakedGold internal staking;
    GoldDesk internal desk;
    RedemptionDesk internal redemption;
    /// @dev 18 decimals, no permit, as USDT on BNB Smart Chain.
    TestCoin internal usdt;
    TestCoinWithPermit internal usdc;
    TestFeed internal usdtFeed;
    TestFeed internal usdcFeed;

    function deployDesks(IPriceOracle oracle) internal {
        staking = StakedGold(
            proxy(address(new StakedGold(token)), abi.encodeCall(StakedGold.initialize, (address(manager), STREAM)))
        );
        desk = GoldDesk(
            proxy(
                address(new GoldDesk(token, oracle, registry, staking)),
                abi.encodeCall(
                    GoldDesk.initialize,
                    (
                        address(manager),
                        FEE_BPS,
                        someTerms(SPREAD_BPS, 2_000e18, 10_000e18),
                        someTerms(100, 500e18, 1_000e18),
                        someTerms(200, 100e18, 200e18)
                    )
                )
            )
        );
        redemption = RedemptionDesk(
            proxy(
                address(new RedemptionDesk(token, reserve, registry, staking)),
                abi.encodeCall(RedemptionDesk.initialize, (address(manager), WINDOW))
            )
        );
        allowDesks();
        allowMinting(address(desk), 100_000e18);
        setKind(address(staking), IGoldToken.AccountKind.Protocol);
        setKind(address(desk), IGoldToken.AccountKind.Protocol);
        setKind(address(redemption), IGoldToken.AccountKind.Escrow);
    }

    function deployCoins() internal {
        usdt = new TestCoin("Tether USD", "USDT", 18);
        usdc = new TestCoinWithPermit("USD Coin", "USDC");
        usdtFeed = new TestFeed(8, 1e8);
        usdcFeed = new TestFeed(8, 1e8);
        setCoin(address(usdt), address(usdtFeed), 0);
        setCoin(address(usdc), address(usdcFeed), 0);
    }

    function allowDesks() internal {
        grant(Roles.MINTER, address(desk));
        grant(Roles.BURNER, address(desk));
        grant(Roles.FEE_PAYER, address(desk));
        grant(Roles.BURNER, address(redemption));
        grant(Roles.BAR_ALLOCATOR, address(redemption));
        grant(Roles.FEE_PAYER, address(redemption));

        address target = address(staking);
        allow(target, UUPSUpgradeable.upgradeToAndCall.selector, Roles.UPGRADER);
        allow(target, StakedGold.giveFees.selector, Roles.FEE_PAYER);
        allow(target, StakedGold.setStreamDuration.selector, Roles.TREASURER);

        target = address(desk);
        allow(target, UUPSUpgradeable.upgradeToAndCall.selector, Roles.UPGRADER);
        allow(target, GoldDesk.settle.selector, Roles.ISSUER);
        allow(target, GoldDesk.reserve.selector, Roles.ISSUER);
        allow(target, GoldDesk.releaseOrder.selector, Roles.ISSUER);
        allow(target, GoldDesk.pauseDealing.selector, Roles.GUARDIAN);
        allow(target, GoldDesk.lowerTerms.selector, Roles.GUARDIAN);
        allow(target, GoldDesk.disableCoin.selector, Roles.GUARDIAN);
        allow(target, GoldDesk.lowerIssuerLimit.selector, Roles.GUARDIAN);
        allow(target, GoldDesk.resumeDealing.selector, Roles.TREASURER);
        allow(target, GoldDesk.raiseTerms.selector, Roles.TREASURER);
        allow(target, GoldDesk.setCoin.selector, Roles.TREASURER);
        allow(target, GoldDesk.setFee.selector, Roles.TREASURER);
        allow(target, GoldDesk.withdraw.selector, Roles.TREASURER);
        allow(target, GoldDesk.raiseIssuerLimit.selector, Roles.TREASURER);

        target = address(redemption);
        allow(target, UUPSUpgradeable.upgradeToAndCall.selector, Roles.UPGRADER);
        allow(target, RedemptionDesk.accept.selector, Roles.CUSTODIAN);
        allow(target, RedemptionDesk.ship.selector, Roles.CUSTODIAN);
        allow(target, RedemptionDesk.proveDelivery.selector, Roles.CUSTODIAN);
        allow(target, RedemptionDesk.attestDelivery.selector, Roles.AUDITOR);
        allow(target, RedemptionDesk.resolveDispute.selector, Roles.ARBITER);
        allow(target, RedemptionDesk.setProduct.selector, Roles.TREASURER);
        allow(target, RedemptionDesk.setDisputeWindow.selector, Roles.TREASURER);
        allow(target, RedemptionDesk.closeProduct.selector, Roles.GUARDIAN);
    }

    // --- HELPERS ---

    function someTerms(
        uint16 spreadBps,
        uint128 maxGrams,
        uint208 hourlyGrams
    ) internal pure returns (IGoldDesk.Terms memory) {
        return IGoldDesk.Terms(spreadBps, maxGrams, hourlyGrams);
    }

    function setKind(address account, IGoldToken.AccountKind kind) internal {
        vm.prank(treasurer);
        token.setAccountKind(account, kind);
    }

    function setCoin(address coin, address feed, uint128 floor) internal {
        vm.prank(treasurer);
        desk.setCoin(coin, feed, COIN_HEARTBEAT, floor);
    }

    /// @dev 100 g bars: fine weight 99.9 g to 100 g, half a gram of fee, shipped in 10 days, delivered in 30.
    function addProduct() internal returns (uint32 productId) {
        productId = redemption.productCount() + 1;
        vm.prank(treasurer);
        redemption.setProduct(productId, someProduct());
    }

    function someProduct() internal pure returns (IRedemptionDesk.Product memory) {
        return
            IRedemptionDesk.Product({
                minFineWeightMg: 99_900,
                maxFineWeightMg: 100_000,
                feePerBar: 0.5e18,
                shipWithin: 10 days,
                deliverWithin: 30 days,
                active: true,
                termsHash: TERMS
            });
    }

    function makeEligible(address account) internal {
        vm.prank(compliance);
        registry.setStatus(account, 1, uint48(vm.getBlockTimestamp() + 3650 days));
    }

    /// @dev An investor with a status, who has allowed desk, staking and redemption what they take.
    function makeInvestor(string memory name) internal returns (address account) {
        account = makeAddr(name);
        makeEligible(account);
        vm.startPrank(account);
        token.approve(address(desk), NEVER);
        token.approve(address(staking), NEVER);
        token.approve(address(redemption), NEVER);
        usdt.approve(address(desk), NEVER);
        usdc.approve(address(desk), NEVER);
        vm.stopPrank();
    }
}
