// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {SettableRate} from "./RateOracles.sol";
import {TestToken} from "./TestToken.sol";

// Tokens that tell their own rate: ETH per token, 1e18. They differ in the name of the view.

/// Rocket Pool.
contract RETH is TestToken, SettableRate {
    constructor(uint256 rate_) TestToken("Rocket Pool ETH", "rETH") SettableRate(rate_) {}

    /// The excess of the deposit pool, which lies with the token here.
    receive() external payable {}

    /// What burning is paid from.
    function getTotalCollateral() external view returns (uint256) {
        return address(this).balance;
    }

    function getExchangeRate() external view returns (uint256) {
        return rate;
    }
}

/// Coinbase.
contract CbETH is TestToken, SettableRate {
    constructor(uint256 rate_) TestToken("Coinbase Wrapped Staked ETH", "cbETH") SettableRate(rate_) {}

    function exchangeRate() external view returns (uint256) {
        return rate;
    }
}

/// Swell: swETH and rswETH.
contract SwellToken is TestToken, SettableRate {
    constructor(string memory symbol_, uint256 rate_) TestToken(symbol_, symbol_) SettableRate(rate_) {}

    function getRate() external view returns (uint256) {
        return rate;
    }
}

/// mETH Protocol: the staking contract tells what an amount of mETH is worth.
contract MantleStaking is SettableRate {
    constructor(uint256 rate_) SettableRate(rate_) {}

    function mETHToETH(uint256 amount) external view returns (uint256) {
        return (amount * rate) / 1e18;
    }
}
