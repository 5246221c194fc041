// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {RebasingToken} from "./RebasingToken.sol";

contract EETH is RebasingToken {
    constructor(uint256 rate_) RebasingToken("ether.fi ETH", "eETH", rate_) {}

    function shares(address account) external view returns (uint256) {
        return _shares[account];
    }

    // The next two belong to ether.fi's LiquidityPool; here the token is its own pool.
    function amountForShare(uint256 shares_) external view returns (uint256) {
        return _toAmount(shares_);
    }

    function sharesForAmount(uint256 amount) external view returns (uint256) {
        return _toShares(amount);
    }
}

/// One weETH is one share of eETH. Minting it also mints the eETH that backs it.
contract WeETH is ERC20 {
    EETH public immutable eETH;

    constructor(EETH eETH_) ERC20("Wrapped eETH", "weETH") {
        eETH = eETH_;
    }

    function mint(address to, uint256 amount) external {
        eETH.mintShares(address(this), amount);
        _mint(to, amount);
    }

    function getRate() external view returns (uint256) {
        return getEETHByWeETH(1e18);
    }

    function getEETHByWeETH(uint256 amount) public view returns (uint256) {
        return eETH.amountForShare(amount);
    }

    function getWeETHByeETH(uint256 amount) external view returns (uint256) {
        return eETH.sharesForAmount(amount);
    }
}
