// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// A number the test sets; the two oracles below differ only in the name of the view.
abstract contract SettableRate {
    uint256 public rate;

    constructor(uint256 rate_) {
        rate = rate_;
    }

    function setRate(uint256 rate_) external {
        rate = rate_;
    }
}

/// Renzo: ETH per ezETH, 1e18.
contract BalancerRateProvider is SettableRate {
    constructor(uint256 rate_) SettableRate(rate_) {}

    function getRate() external view returns (uint256) {
        return rate;
    }
}

/// Kelp: ETH per rsETH, 1e18.
contract LRTOracle is SettableRate {
    constructor(uint256 rate_) SettableRate(rate_) {}

    function rsETHPrice() external view returns (uint256) {
        return rate;
    }
}
