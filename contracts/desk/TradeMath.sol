// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title TradeMath: the arithmetic of a trade, every rounding against the one who trades
/// @notice Grams are wei of EAU (18 decimals), dollars and rates have 18 decimals, a coin has its own.
library TradeMath {
    uint256 internal constant BPS = 10_000;
    uint256 internal constant ONE = 1e18;

    /// @notice Rate a buyer pays: high plus the spread.
    function buyRate(uint256 highUsdPerGram, uint256 spreadBps) internal pure returns (uint256 usdPerGram) {
        // Rounded up: the buyer pays more.
        return Math.mulDiv(highUsdPerGram, BPS + spreadBps, BPS, Math.Rounding.Ceil);
    }

    /// @notice Rate a seller gets: low less the spread.
    function sellRate(uint256 lowUsdPerGram, uint256 spreadBps) internal pure returns (uint256 usdPerGram) {
        // Rounded down: the seller gets less.
        return Math.mulDiv(lowUsdPerGram, BPS - spreadBps, BPS);
    }

    /// @notice Fee of a trade of `gross` grams.
    function feeOf(uint256 gross, uint256 feeBps) internal pure returns (uint256 fee) {
        // Rounded up: the trader pays more. Never above `gross`, since feeBps is at most BPS.
        return Math.mulDiv(gross, feeBps, BPS, Math.Rounding.Ceil);
    }

    /// @notice Dollars that coins are worth when they come in; `usdPerCoin` is at most one then.
    function coinToUsd(uint256 coinAmount, uint256 usdPerCoin, uint8 coinDecimals) internal pure returns (uint256 usd) {
        // Rounded down: the buyer's coins count for less.
        return Math.mulDiv(coinAmount, usdPerCoin, 10 ** coinDecimals);
    }

    /// @notice Coins paid out for dollars; `usdPerCoin` is at least one then.
    function usdToCoin(uint256 usd, uint256 usdPerCoin, uint8 coinDecimals) internal pure returns (uint256 coinAmount) {
        // Rounded down: the seller gets less.
        return Math.mulDiv(usd, 10 ** coinDecimals, usdPerCoin);
    }

    /// @notice Grams bought for dollars.
    function usdToGrams(uint256 usd, uint256 usdPerGram) internal pure returns (uint256 grams) {
        // Rounded down: the buyer gets less.
        return Math.mulDiv(usd, ONE, usdPerGram);
    }

    /// @notice Dollars paid for grams.
    function gramsToUsd(uint256 grams, uint256 usdPerGram) internal pure returns (uint256 usd) {
        // Rounded down: the seller gets less.
        return Math.mulDiv(grams, usdPerGram, ONE);
    }

    /// @notice Grams, fee included, for which `coinAmount` still suffices to pay a seller.
    function gramsPayable(
        uint256 coinAmount,
        uint256 usdPerCoin,
        uint8 coinDecimals,
        uint256 usdPerGram,
        uint256 feeBps
    ) internal pure returns (uint256 gross) {
        // Rounded down at each step, so that the coins asked for by a sale of this much are never more than there are.
        uint256 usd = Math.mulDiv(coinAmount, usdPerCoin, 10 ** coinDecimals);
        return Math.mulDiv(Math.mulDiv(usd, ONE, usdPerGram), BPS, BPS - feeBps);
    }
}
