// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IPriceOracle} from "../../../contracts/interfaces/IPriceOracle.sol";

/// @title The part of IPriceOracle that the desk asks, answering what a test sets
/// @dev For tests of one contract alone. What the real oracle answers is its own tests' business, and the invariants'.
contract TestOracle {
    IPriceOracle.Quote private _quote;
    uint64 public sequence;

    function set(uint256 price, uint256 low, uint256 high, IPriceOracle.Mode mode) external {
        _quote = IPriceOracle.Quote(price, low, high, mode, IPriceOracle.Source.Main);
    }

    function halt() external {
        delete _quote;
    }

    function quote() external view returns (IPriceOracle.Quote memory) {
        return _quote;
    }

    function record() external returns (IPriceOracle.Quote memory observed, uint64) {
        return (_quote, ++sequence);
    }
}
