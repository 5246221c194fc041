// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SettableRate} from "./RateOracles.sol";
import {TestToken} from "./TestToken.sol";

/// Tokens counted in satoshis: LBTC, eBTC, uniBTC, pumpBTC.
contract SatoshiToken is TestToken {
    constructor(string memory name_, string memory symbol_) TestToken(name_, symbol_) {}

    function decimals() public pure override returns (uint8) {
        return 8;
    }
}

/// Solv: SolvBTC per xSolvBTC, in decimals of its own; nothing at all while none is set.
contract XSolvBTCOracle is SettableRate {
    uint8 internal constant DECIMALS = 8;
    address public immutable xSolvBTC;

    constructor(address xSolvBTC_, uint256 rate_) SettableRate(rate_) {
        xSolvBTC = xSolvBTC_;
    }

    function getNav(address erc20) external view returns (uint256) {
        require(erc20 == xSolvBTC, "XSolvBTCOracle: invalid erc20 address");
        uint256 nav = rate / 10 ** (18 - DECIMALS);
        require(nav != 0, "XSolvBTCOracle: nav not set");
        return nav;
    }

    function navDecimals(address erc20) external view returns (uint8) {
        require(erc20 == xSolvBTC, "XSolvBTCOracle: invalid erc20 address");
        return DECIMALS;
    }
}

/// Lombard: the notaries publish LBTC per BTC; the rate is one over it, rounded up.
contract StakedLBTCOracle is SettableRate {
    constructor(uint256 rate_) SettableRate(rate_) {}

    function ratio() public view returns (uint256) {
        return Math.mulDiv(1e18, 1e18, rate);
    }

    function getRate() external view returns (uint256) {
        return Math.mulDiv(1e18, 1e18, ratio(), Math.Rounding.Ceil);
    }
}

/// Veda's accountant of eBTC: a rate in the decimals of the vault's base.
contract Accountant is SettableRate {
    uint8 public constant decimals = 8;

    constructor(uint256 rate_) SettableRate(rate_) {}

    function getRate() external view returns (uint256) {
        return rate / 1e10;
    }
}
