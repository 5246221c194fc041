// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// A Chainlink-shaped aggregator whose answer and age are set by the test.
contract PriceFeed {
    uint8 public immutable decimals;
    string public description;
    uint256 public constant version = 4;

    uint80 internal round;
    int256 internal answer;
    uint256 internal updatedAt;

    constructor(uint8 decimals_, string memory description_) {
        decimals = decimals_;
        description = description_;
    }

    function set(int256 answer_, uint256 updatedAt_) external {
        round++;
        answer = answer_;
        updatedAt = updatedAt_;
    }

    function latestRoundData() external view returns (uint80, int256, uint256, uint256, uint80) {
        return (round, answer, updatedAt, updatedAt, round);
    }
}
